package io.httptrace.conformance.server;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a server. Immutable, except that it remembers sessions if it resumes them.
 */
public final class ServerTls {
  private final TestCertificate certificate;
  private final @Nullable String protocol;
  private final @Nullable SSLContext shared;
  private final List<String> applications;
  private final boolean demanding;

  private ServerTls(
      TestCertificate certificate,
      @Nullable String protocol,
      @Nullable SSLContext shared,
      List<String> applications,
      boolean demanding) {
    this.certificate = certificate;
    this.protocol = protocol;
    this.shared = shared;
    this.applications = applications;
    this.demanding = demanding;
  }

  /**
   * {@return TLS with a certificate, any current version, no ALPN, and no resumption: each
   * connection has a context of its own and so no session of another one}
   *
   * @param certificate the certificate
   */
  public static ServerTls with(TestCertificate certificate) {
    return new ServerTls(certificate, null, null, List.of(), false);
  }

  /**
   * {@return the same with one version only}
   *
   * @param version its name in the JDK, such as {@code TLSv1.2}
   */
  public ServerTls only(String version) {
    return new ServerTls(certificate, version, shared, applications, demanding);
  }

  /** {@return the same with resumption of sessions} */
  public ServerTls resuming() {
    return new ServerTls(
        certificate, protocol, certificate.serverContext(), applications, demanding);
  }

  /**
   * {@return the same with ALPN (RFC 7301)} A client that offers only other protocols is refused;
   * one that offers none is not.
   *
   * @param names the protocols by preference, such as {@code h2} and {@code http/1.1}
   */
  public ServerTls protocols(String... names) {
    return new ServerTls(certificate, protocol, shared, List.of(names), demanding);
  }

  /**
   * {@return the same, which refuses clients without a certificate} With TLS 1.3 a client learns
   * that it has been refused only after the handshake is over on its side.
   */
  public ServerTls demandingCertificate() {
    return new ServerTls(certificate, protocol, shared, applications, true);
  }

  SSLSocket wrap(Socket raw) throws IOException {
    SSLContext context = shared != null ? shared : certificate.serverContext();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    socket.setUseClientMode(false);
    socket.setNeedClientAuth(demanding);
    if (protocol != null) {
      socket.setEnabledProtocols(new String[] {protocol});
    }
    if (!applications.isEmpty()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(applications.toArray(new String[0]));
      socket.setSSLParameters(parameters);
    }
    return socket;
  }
}
