package io.httptrace.cli.demo;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate and key of a server, and the certificate that a client has to trust.
 *
 * @param host the name of the server
 * @param key its private key
 * @param chain its certificate, and the intermediate ones
 * @param trusted the certificate to trust
 */
public record ServerIdentity(
    String host, PrivateKey key, List<X509Certificate> chain, X509Certificate trusted) {

  /** Copies the chain. */
  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * {@return one for {@code localhost}, with a chain of three certificates} Its key is not secret:
   * only clients of this process trust it.
   *
   * @param algorithm the algorithm of all keys, {@code RSA} or {@code EC}
   * @throws GeneralSecurityException if this JDK cannot read it
   * @throws IOException if it is missing
   */
  public static ServerIdentity known(String algorithm)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = new ArrayList<>();
    try (InputStream certificates = resource(algorithm + ".der")) {
      for (var certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
        chain.add((X509Certificate) certificate);
      }
    }
    try (InputStream key = resource(algorithm + ".key")) {
      return new ServerIdentity(
          "localhost",
          KeyFactory.getInstance(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(key.readAllBytes())),
          chain.subList(0, 2),
          chain.get(2));
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = ServerIdentity.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IOException(name + " is missing");
    }
    return resource;
  }

  /**
   * {@return the TLS context of the server: BoringSSL's if available, because it starts faster}
   *
   * @param versions the versions of TLS
   * @throws SSLException if there is none
   */
  SslContext context(String... versions) throws SSLException {
    return SslContextBuilder.forServer(key, chain)
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .protocols(versions)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }

  /**
   * {@return a trust manager that trusts this server and no other}
   *
   * @throws GeneralSecurityException if this JDK lacks an algorithm for it
   */
  public X509TrustManager clientTrust() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    store.setCertificateEntry("certificate", trusted);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
