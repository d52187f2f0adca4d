package io.httptrace.benchmarks.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the server's certificate: ECDSA, P-256, signed by itself. */
public final class Certificates {
  private Certificates() {}

  /** Makes {@code server.p12}, {@code server.pem} and {@code trust.p12} in a folder. */
  public static void makeIn(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (Files.exists(folder.resolve("trust.p12"))) {
      return;
    }
    String server = folder.resolve("server.p12").toString();
    String pem = folder.resolve("server.pem").toString();
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-sigalg",
        "SHA256withECDSA",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        "3650",
        "-keystore",
        server);
    keytool("-exportcert", "-rfc", "-alias", "server", "-file", pem, "-keystore", server);
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "server",
        "-file",
        pem,
        "-keystore",
        folder.resolve("trust.p12").toString());
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PeerConfig.PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }
}
