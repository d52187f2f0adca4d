package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.security.cert.Certificate;
import java.util.List;

/** What a TLS handshake negotiated. */
public final class TlsConnectionState {
  private final String version;
  private final String cipherSuite;
  private final String applicationProtocol;
  private final boolean resumed;
  private final String serverName;
  private final List<Certificate> peerCertificates;

  private TlsConnectionState(
      String version,
      String cipherSuite,
      String applicationProtocol,
      boolean resumed,
      String serverName,
      List<? extends Certificate> peerCertificates) {
    this.version = requireNonNull(version, "version");
    this.cipherSuite = requireNonNull(cipherSuite, "cipherSuite");
    this.applicationProtocol = requireNonNull(applicationProtocol, "applicationProtocol");
    this.resumed = resumed;
    this.serverName = requireNonNull(serverName, "serverName");
    this.peerCertificates = List.copyOf(peerCertificates);
  }

  /**
   * {@return a state}
   *
   * @param version see {@link #version()}
   * @param cipherSuite see {@link #cipherSuite()}
   * @param applicationProtocol see {@link #applicationProtocol()}
   * @param resumed see {@link #resumed()}
   * @param serverName see {@link #serverName()}
   * @param peerCertificates see {@link #peerCertificates()}
   */
  public static TlsConnectionState of(
      String version,
      String cipherSuite,
      String applicationProtocol,
      boolean resumed,
      String serverName,
      List<? extends Certificate> peerCertificates) {
    return new TlsConnectionState(
        version, cipherSuite, applicationProtocol, resumed, serverName, peerCertificates);
  }

  /** {@return the protocol version by its standard name, such as {@code TLSv1.3}} */
  public String version() {
    return version;
  }

  /** {@return the cipher suite by its IANA name, such as {@code TLS_AES_128_GCM_SHA256}} */
  public String cipherSuite() {
    return cipherSuite;
  }

  /**
   * {@return the protocol agreed on by ALPN (RFC 7301), such as {@code h2}; empty if there was no
   * agreement}
   */
  public String applicationProtocol() {
    return applicationProtocol;
  }

  /** {@return whether the session of an earlier connection was resumed (RFC 8446, section 2.2)} */
  public boolean resumed() {
    return resumed;
  }

  /** {@return the server name that was sent (RFC 6066, section 3); empty for an IP literal} */
  public String serverName() {
    return serverName;
  }

  /** {@return the certificates of the peer, its own first; empty if it did not present any} */
  public List<Certificate> peerCertificates() {
    return peerCertificates;
  }

  @Override
  public String toString() {
    return "{"
        + version
        + " "
        + cipherSuite
        + " ALPN:"
        + applicationProtocol
        + " Resumed:"
        + resumed
        + " ServerName:"
        + serverName
        + "}";
  }
}
