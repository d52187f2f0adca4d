package io.httptrace.conformance.server;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** A server certificate, made when it is first needed, for the life of the process. */
public enum TestCertificate {
  /**
   * For {@code example.test}, {@code proxy.test}, 127.0.0.1 and ::1, signed by the authority that
   * the clients trust.
   */
  GOOD,
  /** For {@code other.test} only, signed by that authority. */
  WRONG_NAME,
  /** Like {@link #GOOD}, but expired. */
  EXPIRED,
  /** Like {@link #GOOD}, but signed by an unknown authority. */
  UNKNOWN_AUTHORITY;

  private static final char[] PASSWORD = "throwaway".toCharArray();

  private static final class Authority {
    static final X509Bundle KNOWN = make("CN=Test Authority");
    static final X509Bundle UNKNOWN = make("CN=Unknown Authority");
    static final Map<TestCertificate, X509Bundle> ISSUED = new ConcurrentHashMap<>();

    private Authority() {}

    private static X509Bundle make(String subject) {
      try {
        return new CertificateBuilder()
            .subject(subject)
            .ecp256()
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
      } catch (Exception e) {
        throw new IllegalStateException("cannot make " + subject, e);
      }
    }
  }

  /** {@return the certificate of the authority that clients must trust} */
  public static X509Certificate authority() {
    return Authority.KNOWN.getCertificate();
  }

  /** {@return a context for clients that trust {@link #authority()} only} */
  public static SSLContext trustingContext() {
    return clientContext(trusting());
  }

  /** {@return a trust manager for {@link #authority()} only} */
  public static X509TrustManager trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", authority());
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return a context for clients that accept any certificate for any name} */
  public static SSLContext credulousContext() {
    return clientContext(credulous());
  }

  /** {@return a trust manager that accepts any certificate for any name} */
  public static X509TrustManager credulous() {
    return new Credulous();
  }

  private static SSLContext clientContext(TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * {@return the certificate as PEM text (RFC 7468, section 5), for a server that is not written in
   * Java}
   */
  public String certificatePem() {
    return bundle().getCertificatePathPEM();
  }

  /** {@return the key of the certificate as PEM text, not encrypted (RFC 7468, section 10)} */
  public String privateKeyPem() {
    return bundle().getPrivateKeyPEM();
  }

  /** {@return a new context for a server with this certificate, without sessions} */
  SSLContext serverContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(bundle().toKeyStore(PASSWORD), PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Bundle bundle() {
    return Authority.ISSUED.computeIfAbsent(this, TestCertificate::make);
  }

  private X509Bundle make() {
    String name = this == WRONG_NAME ? "other.test" : "example.test";
    CertificateBuilder builder =
        new CertificateBuilder().subject("CN=" + name).ecp256().addSanDnsName(name);
    if (this != WRONG_NAME) {
      builder.addSanDnsName("proxy.test").addSanIpAddress("127.0.0.1").addSanIpAddress("::1");
    }
    if (this == EXPIRED) {
      Instant now = Instant.now();
      builder.notBefore(now.minus(Duration.ofDays(20))).notAfter(now.minus(Duration.ofDays(10)));
    }
    try {
      return builder.buildIssuedBy(this == UNKNOWN_AUTHORITY ? Authority.UNKNOWN : Authority.KNOWN);
    } catch (Exception e) {
      throw new IllegalStateException("cannot make the certificate " + this, e);
    }
  }

  /** An extended trust manager also replaces the JDK's check of names. */
  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
