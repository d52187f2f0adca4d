package io.httptrace.cli.demo;

import io.httptrace.cli.der.Der;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate for one host name, signed with its own fresh key, which lives in memory only. The
 * JDK has no public way to make one, so it is encoded here (RFC 5280, section 4.1).
 */
final class ThrowawayCertificate {
  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final char[] NO_PASSWORD = new char[0];

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.objectIdentifier(2, 5, 4, 3);
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.objectIdentifier(2, 5, 29, 17);
  private static final int DNS_NAME = 0x82;
  private static final int VERSION_FIELD = 0xa0;
  private static final int EXTENSIONS_FIELD = 0xa3;

  private final KeyPair keys;
  private final X509Certificate certificate;

  private ThrowawayCertificate(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /**
   * {@return a new certificate}
   *
   * @param host the host name it is for
   * @param now it is valid from a day before this until a day after
   * @throws GeneralSecurityException if this JDK lacks ECDSA on P-256
   */
  static ThrowawayCertificate create(String host, Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] body = body(host, now, keys);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(body);
    byte[] encoded = Der.sequence(body, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
    return new ThrowawayCertificate(
        keys,
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded)));
  }

  /** {@return the certificate} */
  X509Certificate certificate() {
    return certificate;
  }

  /**
   * {@return a context for the server, which presents this certificate}
   *
   * @throws GeneralSecurityException if this JDK lacks what it takes
   */
  SSLContext serverContext() throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry("key", keys.getPrivate(), NO_PASSWORD, new X509Certificate[] {certificate});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /**
   * {@return what a client has to trust by: it trusts this certificate and no other}
   *
   * @throws GeneralSecurityException if this JDK lacks what it takes
   */
  X509TrustManager clientTrust() throws GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("certificate", certificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static byte[] body(String host, Instant now, KeyPair keys) {
    byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8String(host))));
    byte[] validity = Der.sequence(Der.time(now.minus(VALIDITY)), Der.time(now.plus(VALIDITY)));
    byte[] names = Der.sequence(Der.tagged(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII)));
    byte[] extensions =
        Der.sequence(Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octetString(names)));
    return Der.sequence(
        Der.tagged(VERSION_FIELD, Der.integer(BigInteger.TWO)), // 2 stands for version 3
        Der.integer(new BigInteger(64, new SecureRandom()).add(BigInteger.ONE)),
        ECDSA_WITH_SHA256,
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        Der.tagged(EXTENSIONS_FIELD, extensions));
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return store;
  }
}
