package io.httptrace.cli.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys from PEM. The JDK reads PKCS#8 (RFC 5208) only. PKCS#8 wraps the older forms,
 * of RSA (RFC 8017, appendix A.1.2) and of elliptic curves (RFC 5915), together with an algorithm,
 * which is known from the certificate.
 */
final class PrivateKeys {
  private static final byte[] NULL = Der.tagged(5);
  private static final byte[] RSA = Der.objectIdentifier(1, 2, 840, 113549, 1, 1, 1);
  private static final byte[] ELLIPTIC_CURVE = Der.objectIdentifier(1, 2, 840, 10045, 2, 1);

  private PrivateKeys() {}

  /**
   * {@return the key of a block}
   *
   * @param pem the block
   * @param owner the public key of the certificate it belongs to
   * @param password decrypts it, or null
   * @throws GeneralSecurityException if it cannot be read; the message says why
   */
  static PrivateKey of(Pem pem, PublicKey owner, @Nullable String password)
      throws GeneralSecurityException {
    if (pem.encrypted()) {
      throw new InvalidKeyException(
          "the key is encrypted in OpenSSL's old way, and not as PKCS#8 is");
    }
    KeySpec spec =
        switch (pem.label()) {
          case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(pem.bytes());
          case "RSA PRIVATE KEY" -> wrapped(Der.sequence(RSA, NULL), pem.bytes());
          case "EC PRIVATE KEY" -> wrapped(curveOf(owner), pem.bytes());
          case "ENCRYPTED PRIVATE KEY" -> decrypted(pem.bytes(), password);
          default -> throw new InvalidKeyException("a " + pem.label() + " is not supported");
        };
    return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(spec);
  }

  private static KeySpec wrapped(byte[] algorithm, byte[] key) {
    return new PKCS8EncodedKeySpec(
        Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octetString(key)));
  }

  private static byte[] curveOf(PublicKey owner) throws GeneralSecurityException {
    if (!(owner instanceof ECPublicKey key)) {
      throw new InvalidKeyException("the key has another algorithm than the certificate");
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(key.getParams());
    try {
      return Der.sequence(ELLIPTIC_CURVE, curve.getEncoded());
    } catch (IOException e) {
      throw new InvalidKeyException(e);
    }
  }

  private static KeySpec decrypted(byte[] bytes, @Nullable String password)
      throws GeneralSecurityException {
    if (password == null) {
      throw new InvalidKeyException("the key is encrypted, and there is no password");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
      AlgorithmParameters parameters = info.getAlgParameters();
      // The parameters of PBES2 name its parts (RFC 8018, section 6.2).
      String parts = String.valueOf(parameters);
      String algorithm = parts.startsWith("PBEWith") ? parts : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          parameters);
      return info.getKeySpec(cipher);
    } catch (IOException e) {
      throw new InvalidKeyException(e);
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException("the key does not open with this password", e);
    }
  }
}
