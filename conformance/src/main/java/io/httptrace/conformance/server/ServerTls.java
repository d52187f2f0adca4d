package io.httptrace.conformance.server;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a server speaks TLS. Immutable, except that it remembers sessions if it is to resume them.
 */
public final class ServerTls {
  private final TestCertificate certificate;
  private final @Nullable String protocol;
  private final @Nullable SSLContext shared;

  private ServerTls(
      TestCertificate certificate, @Nullable String protocol, @Nullable SSLContext shared) {
    this.certificate = certificate;
    this.protocol = protocol;
    this.shared = shared;
  }

  /**
   * {@return TLS with a certificate, any current version, and no resumption: each connection has a
   * context of its own and so knows no session of another}
   *
   * @param certificate the certificate
   */
  public static ServerTls with(TestCertificate certificate) {
    return new ServerTls(certificate, null, null);
  }

  /**
   * {@return the same with one version only}
   *
   * @param version its name in the JDK, such as {@code TLSv1.2}
   */
  public ServerTls only(String version) {
    return new ServerTls(certificate, version, shared);
  }

  /** {@return the same with resumption of sessions} */
  public ServerTls resuming() {
    return new ServerTls(certificate, protocol, certificate.serverContext());
  }

  SSLSocket wrap(Socket raw) throws IOException {
    SSLContext context = shared != null ? shared : certificate.serverContext();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
    socket.setUseClientMode(false);
    if (protocol != null) {
      socket.setEnabledProtocols(new String[] {protocol});
    }
    return socket;
  }
}
