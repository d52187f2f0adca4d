package io.httptrace.cli.demo;

import io.httptrace.cli.tls.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate for one host name, signed with its own fresh key, which lives in memory only. The
 * JDK has no public way to make one, so it is encoded here (RFC 5280, section 4.1).
 */
final class ThrowawayCertificate {
  private static final Duration BEFORE = Duration.ofDays(1);

  /** As long as is usual, so that nobody is warned of it. */
  private static final Duration VALIDITY = Duration.ofDays(90);

  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] COMMON_NAME = Der.objectIdentifier(2, 5, 4, 3);
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.objectIdentifier(2, 5, 29, 17);
  private static final int DNS_NAME = 0x82;
  private static final int VERSION_FIELD = 0xa0;
  private static final int EXTENSIONS_FIELD = 0xa3;

  private final String host;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private ThrowawayCertificate(String host, KeyPair keys, X509Certificate certificate) {
    this.host = host;
    this.keys = keys;
    this.certificate = certificate;
  }

  /**
   * {@return a new certificate}
   *
   * @param host the host name it is for
   * @param now it is valid from a day before this until 90 days after
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
        host,
        keys,
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded)));
  }

  /** {@return the certificate} */
  X509Certificate certificate() {
    return certificate;
  }

  /** {@return the identity of a server with this certificate, which its clients trust} */
  ServerIdentity identity() {
    return new ServerIdentity(host, keys.getPrivate(), List.of(certificate), certificate);
  }

  private static byte[] body(String host, Instant now, KeyPair keys) {
    byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8String(host))));
    byte[] validity = Der.sequence(Der.time(now.minus(BEFORE)), Der.time(now.plus(VALIDITY)));
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
}
