package io.httptrace.benchmarks.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * nginx on loopback, for plain HTTP and for TLS with a chain of certificates as public servers have
 * it, by RSA and by ECDSA. Needs the programs {@code nginx} and {@code openssl}.
 */
final class CurlNginx implements AutoCloseable {
  /** What every request is answered with. */
  private static final int BODY = 10_000;

  /** What is spoken at a port. */
  enum Tls {
    TLS_1_2_RSA("TLSv1.2", "rsa"),
    TLS_1_2_ECDSA("TLSv1.2", "ecdsa"),
    TLS_1_3_RSA("TLSv1.3", "rsa"),
    TLS_1_3_ECDSA("TLSv1.3", "ecdsa");

    private final String version;
    private final String keys;

    Tls(String version, String keys) {
      this.version = version;
      this.keys = keys;
    }
  }

  private final Path directory;
  private final Process process;
  private final int plainPort;
  private final Map<Tls, Integer> ports;

  private CurlNginx(Path directory, Process process, int plainPort, Map<Tls, Integer> ports) {
    this.directory = directory;
    this.process = process;
    this.plainPort = plainPort;
    this.ports = ports;
  }

  /**
   * Starts it.
   *
   * @param directory an empty one, for all its files
   */
  static CurlNginx start(Path directory) throws IOException, InterruptedException {
    chain(directory, "rsa", "rsa:4096", "rsa:2048", "rsa:2048");
    chain(directory, "ecdsa", "P-384", "P-384", "P-256");
    Files.writeString(directory.resolve("body"), "x".repeat(BODY));
    Files.createDirectories(directory.resolve("temp"));
    Iterator<Integer> free = freePorts(1 + Tls.values().length).iterator();
    int plainPort = free.next();
    Map<Tls, Integer> ports = new EnumMap<>(Tls.class);
    for (Tls tls : Tls.values()) {
      ports.put(tls, free.next());
    }
    Files.writeString(directory.resolve("nginx.conf"), configuration(plainPort, ports));
    Process process =
        new ProcessBuilder("nginx", "-p", directory + "/", "-c", "nginx.conf", "-e", "stderr")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    CurlNginx nginx = new CurlNginx(directory, process, plainPort, ports);
    nginx.awaitListening();
    return nginx;
  }

  private static String configuration(int plainPort, Map<Tls, Integer> ports) {
    return """
        daemon off;
        master_process off;
        pid nginx.pid;
        events { worker_connections 64; }
        http {
          access_log off;
          default_type text/plain;
          client_body_temp_path temp;
          proxy_temp_path temp;
          fastcgi_temp_path temp;
          uwsgi_temp_path temp;
          scgi_temp_path temp;
          root .;
          server { listen 127.0.0.1:%d; }
          %s
        }
        """
        .formatted(
            plainPort,
            ports.entrySet().stream()
                .map(port -> server(port.getValue(), port.getKey()))
                .collect(Collectors.joining()));
  }

  private static String server(int port, Tls tls) {
    return """
        server {
          listen 127.0.0.1:%d ssl http2;
          ssl_protocols %s;
          ssl_certificate %s.pem;
          ssl_certificate_key %s-2.key;
        }
        """
        .formatted(port, tls.version, tls.keys, tls.keys);
  }

  /** Makes NAME-0 sign NAME-1, and that NAME-2, which is the server's. */
  private static void chain(Path directory, String name, String... keys)
      throws IOException, InterruptedException {
    for (int i = 0; i < keys.length; i++) {
      String me = name + "-" + i;
      boolean authority = i < keys.length - 1;
      List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
      command.addAll(
          keys[i].startsWith("rsa:")
              ? List.of("-newkey", keys[i])
              : List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + keys[i]));
      command.addAll(List.of("-days", "2", "-keyout", me + ".key", "-out", me + ".pem"));
      command.addAll(List.of("-subj", "/CN=" + me, "-sha256"));
      command.addAll(
          List.of(
              "-addext",
              authority ? "keyUsage=critical,keyCertSign" : "subjectAltName=DNS:localhost"));
      command.addAll(
          List.of("-addext", "basicConstraints=critical,CA:" + (authority ? "TRUE" : "FALSE")));
      if (i > 0) {
        String issuer = name + "-" + (i - 1);
        command.addAll(List.of("-CA", issuer + ".pem", "-CAkey", issuer + ".key"));
      }
      run(directory, command);
    }
    Files.writeString(
        directory.resolve(name + ".pem"),
        Files.readString(directory.resolve(name + "-2.pem"))
            + Files.readString(directory.resolve(name + "-1.pem")));
  }

  private static void run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + output);
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  private void awaitListening() throws IOException, InterruptedException {
    while (!listens(plainPort)) { // it listens on all ports before it accepts from any
      if (!process.isAlive()) {
        throw new IOException(Files.readString(directory.resolve("nginx.log")));
      }
      Thread.sleep(10);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** {@return what to request without TLS} */
  String plain() {
    return "http://localhost:" + plainPort + "/body";
  }

  /** {@return what to request with TLS} */
  String secure(Tls tls) {
    return "https://localhost:" + ports.get(tls) + "/body";
  }

  /** {@return the file of the certificate to trust} */
  Path authority(Tls tls) {
    return directory.resolve(tls.keys + "-0.pem");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
