package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.tls.Der;
import io.httptrace.cli.tls.TrustedCertificates;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --cert} and {@code --key}, against a server that demands a certificate. */
final class ClientCertificateTest {
  private static final String PASSWORD = "pass:word";
  private static final String SCHEME = "PBEWithHmacSHA256AndAES_256";

  @TempDir Path directory;

  private static X509Bundle bundle(Algorithm algorithm) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + algorithm)
        .algorithm(algorithm)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private Path file(String name, String... texts) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("", texts));
  }

  private static String pem(String label, byte[] bytes) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "Some text\n-----BEGIN "
        + label
        + "-----\n"
        + base64
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** What the PKCS#8 form of a key wraps (RFC 5208, section 5): the third part of a sequence. */
  private static byte[] inner(PrivateKey key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.getEncoded());
    enter(bytes);
    skip(bytes);
    skip(bytes);
    byte[] inner = new byte[enter(bytes)];
    bytes.get(inner);
    return inner;
  }

  private static void skip(ByteBuffer bytes) {
    int length = enter(bytes);
    bytes.position(bytes.position() + length);
  }

  private static int enter(ByteBuffer bytes) {
    bytes.get();
    int first = bytes.get() & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int i = 0; first > 0x80 && i < first - 0x80; i++) {
      length = (length << 8) | (bytes.get() & 0xff);
    }
    return length;
  }

  private static byte[] encrypted(PrivateKey key) throws Exception {
    Cipher cipher = Cipher.getInstance(SCHEME);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(SCHEME)
            .generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
    byte[] scheme =
        Der.sequence(
            Der.objectIdentifier(1, 2, 840, 113549, 1, 5, 13), cipher.getParameters().getEncoded());
    return Der.sequence(scheme, Der.octetString(cipher.doFinal(key.getEncoded())));
  }

  private void assertShown(X509Bundle bundle, String... args) throws Exception {
    try (Demanding server = new Demanding()) {
      String[] all = new String[args.length + 2];
      all[0] = "-k";
      System.arraycopy(args, 0, all, 1, args.length);
      all[args.length + 1] = server.url();
      Ended ended = CommandRun.of(all);

      assertThat(ended.err()).isEmpty();
      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(server.subjects)
          .containsExactly(bundle.getCertificate().getSubjectX500Principal());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Algorithm.class,
      names = {"rsa2048", "ecp256", "ed25519"})
  void showsACertificateInPem(Algorithm algorithm) throws Exception {
    X509Bundle bundle = bundle(algorithm);
    Path certificate = file("c.pem", bundle.getCertificatePEM());
    Path key = file("k.pem", bundle.getPrivateKeyPEM());
    Path both = file("b.pem", bundle.getPrivateKeyPEM(), bundle.getCertificatePEM());

    assertShown(bundle, "--cert", certificate.toString(), "--key", key.toString());
    assertShown(bundle, "--cert", both.toString());
  }

  @Test
  void readsTheOlderFormsOfKeys() throws Exception {
    X509Bundle rsa = bundle(Algorithm.rsa2048);
    X509Bundle ec = bundle(Algorithm.ecp384);
    byte[] rsaKey = inner(rsa.getKeyPair().getPrivate());
    byte[] ecKey = inner(ec.getKeyPair().getPrivate());
    Path rsaFile = file("r.pem", rsa.getCertificatePEM(), pem("RSA PRIVATE KEY", rsaKey));
    Path ecFile =
        file(
            "e.pem",
            pem("EC PARAMETERS", new byte[] {5, 0}),
            pem("EC PRIVATE KEY", ecKey),
            ec.getCertificatePEM());

    assertShown(rsa, "--cert", rsaFile.toString());
    assertShown(ec, "--cert", ecFile.toString());
  }

  @Test
  void opensAnEncryptedKey() throws Exception {
    X509Bundle bundle = bundle(Algorithm.ecp256);
    byte[] key = encrypted(bundle.getKeyPair().getPrivate());
    Path file = file("k.pem", pem("ENCRYPTED PRIVATE KEY", key), bundle.getCertificatePEM());

    assertShown(bundle, "--cert", file + ":" + PASSWORD);
    assertRefused("--cert", file, "the key is encrypted, and there is no password", file + "");
    assertRefused("--cert", file, "the key does not open with this password", file + ":SECRET");
  }

  @Test
  void opensAStore() throws Exception {
    X509Bundle bundle = bundle(Algorithm.ecp256);
    Path file = directory.resolve("store.p12");
    try (var out = Files.newOutputStream(file)) {
      bundle.toKeyStore(PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
    }

    assertShown(bundle, "--cert", file + ":" + PASSWORD);
    Ended ended = CommandRun.of("--cert", file + ":SECRET", "https://127.0.0.1:1/");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.CLIENT_CERTIFICATE);
    assertThat(ended.err())
        .startsWith("httptrace: --cert: cannot use '" + file + "': ")
        .doesNotContain("SECRET");
  }

  @Test
  void whatCannotBeUsedIsNamed() throws Exception {
    X509Bundle bundle = bundle(Algorithm.ecp256);
    Path certificate = file("c.pem", bundle.getCertificatePEM());
    Path key = file("k.pem", bundle.getPrivateKeyPEM());
    Path missing = directory.resolve("missing");
    Path old =
        file(
            "o.pem",
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00

            AAAA
            -----END RSA PRIVATE KEY-----
            """);
    String c = certificate.toString();

    assertRefused("--cert", missing, "no such file or directory", missing.toString());
    assertRefused("--cert", certificate, "there is no private key in it", c);
    assertRefused("--cert", key, "there is no certificate in it", key.toString());
    assertRefused("--key", missing, "no such file or directory", c, "--key", missing.toString());
    assertRefused("--key", certificate, "there is no private key in it", c, "--key", c);
    assertRefused(
        "--key",
        old,
        "the key is encrypted in OpenSSL's old way, and not as PKCS#8 is",
        c,
        "--key",
        old.toString());
  }

  private static void assertRefused(String option, Path file, String why, String... cert) {
    String[] args = new String[cert.length + 2];
    args[0] = "--cert";
    System.arraycopy(cert, 0, args, 1, cert.length);
    args[args.length - 1] = "https://127.0.0.1:1/";

    assertThat(CommandRun.of(args))
        .isEqualTo(
            new Ended(
                ExitCode.CLIENT_CERTIFICATE,
                "",
                "httptrace: " + option + ": cannot use '" + file + "': " + why + "\n"));
  }

  /** A server that demands a certificate, whichever, and answers one request. */
  private static final class Demanding implements AutoCloseable {
    final List<X500Principal> subjects = new CopyOnWriteArrayList<>();
    private final SSLServerSocket socket;
    private final CompletableFuture<Void> served;

    Demanding() throws Exception {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(bundle(Algorithm.ecp256).toKeyStore(new char[0]), new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] anyone = TrustedCertificates.anyone();
      context.init(keys.getKeyManagers(), anyone, new SecureRandom());
      socket =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
      socket.setNeedClientAuth(true);
      served =
          CompletableFuture.runAsync(this::serve, task -> new Thread(task, "demanding").start());
    }

    private void serve() {
      try (SSLSocket accepted = (SSLSocket) socket.accept()) {
        byte[] request = new byte[4096];
        int length = accepted.getInputStream().read(request);
        assertThat(length).isPositive();
        subjects.add((X500Principal) accepted.getSession().getPeerPrincipal());
        accepted.getOutputStream().write(Site.ok("hello").getBytes(StandardCharsets.US_ASCII));
        int end = accepted.getInputStream().read();
        assertThat(end).isEqualTo(-1);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    String url() {
      return "https://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      socket.close();
      served.exceptionally(failed -> null).join();
    }
  }
}
