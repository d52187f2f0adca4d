package io.httptrace.client.connect;

import io.httptrace.client.pool.HttpVersions;
import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes TLS engines for the caller's context and parameters. */
public final class TlsConfig {
  /** The protocol id of HTTP/2 over TLS (RFC 9113, section 3.2). */
  static final String HTTP_2 = "h2";

  private static final String HTTP_1_1 = "http/1.1";

  private final SSLContext context;
  private final @Nullable SSLParameters parameters;

  /**
   * Makes it.
   *
   * @param context the context
   * @param parameters what differs from its defaults, or null
   */
  public TlsConfig(SSLContext context, @Nullable SSLParameters parameters) {
    this.context = context;
    this.parameters = parameters;
  }

  /**
   * {@return an engine for a handshake with a host} The host's name is checked against the peer's
   * certificate (RFC 9110, section 4.3.4), and sent unless it is an IP literal (RFC 6066, section
   * 3), if the caller's parameters do not say otherwise. Session resumption goes by host and port.
   *
   * @param versions what is offered: HTTP/2 and HTTP/1.1 in place of the application protocols of
   *     the caller's parameters, as by the JDK's client, or those without HTTP/2
   */
  SSLEngine engine(String host, int port, HttpVersions versions) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters used = engine.getSSLParameters();
    if (parameters != null) {
      merge(parameters, used);
    }
    if (used.getEndpointIdentificationAlgorithm() == null) {
      used.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if ((parameters == null || parameters.getServerNames() == null) && !isLiteral(host)) {
      used.setServerNames(List.of(new SNIHostName(withoutRootDot(host))));
    }
    used.setApplicationProtocols(
        versions == HttpVersions.BY_ALPN
            ? new String[] {HTTP_2, HTTP_1_1}
            : withoutHttp2(used.getApplicationProtocols()));
    engine.setSSLParameters(used);
    return engine;
  }

  private static String[] withoutHttp2(String[] protocols) {
    return Arrays.stream(protocols)
        .filter(protocol -> !protocol.equals(HTTP_2))
        .toArray(String[]::new);
  }

  /**
   * {@return an engine for a handshake with a proxy} As {@link #engine}, but the caller's server
   * names and application protocols are meant for targets, and are left out.
   */
  SSLEngine proxyEngine(String host, int port) {
    SSLEngine engine = engine(host, port, HttpVersions.HTTP_1_1);
    SSLParameters used = engine.getSSLParameters();
    used.setApplicationProtocols(new String[0]);
    used.setServerNames(isLiteral(host) ? List.of() : List.of(new SNIHostName(host)));
    engine.setSSLParameters(used);
    return engine;
  }

  private static void merge(SSLParameters from, SSLParameters to) {
    if (from.getCipherSuites() != null) {
      to.setCipherSuites(from.getCipherSuites());
    }
    if (from.getProtocols() != null) {
      to.setProtocols(from.getProtocols());
    }
    if (from.getApplicationProtocols().length > 0) {
      to.setApplicationProtocols(from.getApplicationProtocols());
    }
    if (from.getAlgorithmConstraints() != null) {
      to.setAlgorithmConstraints(from.getAlgorithmConstraints());
    }
    if (from.getServerNames() != null) {
      to.setServerNames(from.getServerNames());
    }
    to.setEndpointIdentificationAlgorithm(from.getEndpointIdentificationAlgorithm());
    to.setUseCipherSuitesOrder(from.getUseCipherSuitesOrder());
    to.setEnableRetransmissions(from.getEnableRetransmissions());
    to.setMaximumPacketSize(from.getMaximumPacketSize());
  }

  /** A name that is complete may end in a dot, but is sent without (RFC 6066, section 3). */
  private static String withoutRootDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static boolean isLiteral(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /** {@return the server name an engine sends, or the empty string} */
  static String serverName(SSLEngine engine) {
    List<SNIServerName> names = engine.getSSLParameters().getServerNames();
    return names == null || names.isEmpty() || !(names.get(0) instanceof SNIHostName name)
        ? ""
        : name.getAsciiName();
  }
}
