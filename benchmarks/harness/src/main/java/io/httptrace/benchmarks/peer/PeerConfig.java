package io.httptrace.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What a client is told.
 *
 * @param protocol what to speak
 * @param port the port of the server, which is at {@link #HOST}
 * @param maxInFlight how many requests there are at a time
 * @param certificates where the server's certificate is: {@code server.pem} and, as a store, {@code
 *     trust.p12}
 * @param options what stands behind the question mark of its line in {@code clients.conf}
 */
public record PeerConfig(
    WireProtocol protocol,
    int port,
    int maxInFlight,
    Path certificates,
    Map<String, String> options) {
  /** Where the server is. */
  public static final String HOST = "127.0.0.1";

  /** What opens the stores of the certificates, which secure nothing. */
  public static final String PASSWORD = "changeit";

  /** {@return whether there is TLS} */
  public boolean tls() {
    return protocol != WireProtocol.H1;
  }

  /** {@return whether it is HTTP/2} */
  public boolean h2() {
    return protocol == WireProtocol.H2_TLS;
  }

  /** {@return the address of the server} */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** {@return host and port} */
  public String authority() {
    return HOST + ":" + port;
  }

  /** {@return the URI of a path} */
  public URI uri(String path) {
    return URI.create((tls() ? "https://" : "http://") + authority() + path);
  }

  /** {@return an option, or what it is if it was not given} */
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  /** {@return the server's certificate} */
  public Path pem() {
    return certificates.resolve("server.pem");
  }

  /** {@return what trusts the server's certificate and nothing else} */
  public TrustManagerFactory trustManagerFactory() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificates.resolve("trust.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  /** {@return what trusts the server's certificate and nothing else} */
  public X509TrustManager trustManager() throws IOException, GeneralSecurityException {
    return (X509TrustManager) trustManagerFactory().getTrustManagers()[0];
  }

  /** {@return a context of the JDK's that trusts the server's certificate and nothing else} */
  public SSLContext sslContext() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trustManagerFactory().getTrustManagers(), null);
    return context;
  }
}
