package io.httptrace.client;

import javax.net.ssl.SSLParameters;

/** Copies {@link SSLParameters}, which are mutable. */
final class SslParametersCopy {
  private SslParametersCopy() {}

  static SSLParameters of(SSLParameters from) {
    SSLParameters to = new SSLParameters();
    to.setAlgorithmConstraints(from.getAlgorithmConstraints());
    to.setCipherSuites(from.getCipherSuites());
    to.setEnableRetransmissions(from.getEnableRetransmissions());
    to.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
    to.setMaximumPacketSize(from.getMaximumPacketSize());
    if (from.getNeedClientAuth()) {
      to.setNeedClientAuth(true);
    }
    to.setProtocols(from.getProtocols());
    to.setApplicationProtocols(from.getApplicationProtocols());
    to.setSNIMatchers(from.getSNIMatchers());
    to.setServerNames(from.getServerNames());
    to.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
    if (from.getWantClientAuth()) {
      to.setWantClientAuth(true);
    }
    return to;
  }
}
