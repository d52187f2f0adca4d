package io.httptrace.cli.tls;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.render.text.Reasons;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's certificate for servers that ask for one.
 *
 * @param key the private key
 * @param chain the certificates, the client's own first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  private static final String CERTIFICATE = "CERTIFICATE";

  public Identity {
    chain = List.copyOf(chain);
  }

  /**
   * {@return the identity that the two options name}
   *
   * @param file the {@code --cert}: PEM, or else PKCS#12 (RFC 7292), which holds the key too
   * @param keyFile the {@code --key}, PEM, or null if the key is in the same file
   * @throws CommandException if they cannot be used
   */
  public static Identity of(CertificateFile file, @Nullable LocalFile keyFile)
      throws CommandException {
    LocalFile read = file.file();
    try {
      byte[] content = read.readAllBytes();
      String text = new String(content, StandardCharsets.ISO_8859_1);
      if (!text.contains("-----BEGIN ")) {
        return ofStore(content, file.password());
      }
      List<X509Certificate> chain = certificates(text);
      if (keyFile != null) {
        read = keyFile;
        text = new String(keyFile.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
      return new Identity(key(text, chain.get(0), file.password()), chain);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      String option = read.equals(keyFile) ? "--key" : "--cert";
      throw new CommandException(
          ExitCode.CLIENT_CERTIFICATE, option + ": cannot use '" + read + "': " + Reasons.of(e));
    }
  }

  private static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (Pem pem : Pem.blocks(text)) {
      if (pem.label().equals(CERTIFICATE)) {
        chain.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem.bytes())));
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return chain;
  }

  private static PrivateKey key(String text, X509Certificate owner, @Nullable String password)
      throws GeneralSecurityException {
    for (Pem pem : Pem.blocks(text)) {
      if (pem.label().endsWith("PRIVATE KEY")) {
        return PrivateKeys.of(pem, owner.getPublicKey(), password);
      }
    }
    throw new InvalidKeyException("there is no private key in it");
  }

  private static Identity ofStore(byte[] content, @Nullable String password)
      throws GeneralSecurityException, IOException {
    char[] characters = password == null ? new char[0] : password.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(content), characters);
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, characters) instanceof PrivateKey key) {
        List<X509Certificate> chain = new ArrayList<>();
        for (var certificate : store.getCertificateChain(alias)) {
          chain.add((X509Certificate) certificate);
        }
        return new Identity(key, chain);
      }
    }
    throw new InvalidKeyException("there is no private key in it");
  }
}
