package io.httptrace.client.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * nginx, with one port for plain text and one for TLS.
 *
 * <ul>
 *   <li>{@code /hello} answers with {@code hello};
 *   <li>{@code /length} reads the body, then answers with the method and the length it got;
 *   <li>{@code /connection} answers with nginx's number of the connection;
 *   <li>{@code /status} tells how many connections are open;
 *   <li>{@code /large} is a file of {@link #LARGE} bytes;
 *   <li>below {@code /files/} there is what has been PUT there.
 * </ul>
 */
final class Nginx implements AutoCloseable {
  /** The size of the large file. */
  static final int LARGE = 5 * 1024 * 1024;

  private static final Pattern ACTIVE = Pattern.compile("Active connections: (\\d+)");

  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      events { worker_connections 1024; }
      http {
        access_log off;
        default_type text/plain;
        client_max_body_size 10m;
        client_body_temp_path temp;
        proxy_temp_path temp;
        fastcgi_temp_path temp;
        uwsgi_temp_path temp;
        scgi_temp_path temp;
        http2_max_concurrent_streams 256;
        server {
          listen 127.0.0.1:{plain};
          listen 127.0.0.1:{tls} ssl http2;
          ssl_certificate certificate.pem;
          ssl_certificate_key key.pem;
          ssl_protocols TLSv1.2 TLSv1.3;
          location = /hello { return 200 "hello"; }
          location = /length { proxy_pass http://127.0.0.1:{plain}/received; }
          location = /received { return 200 "$request_method $content_length"; }
          location = /connection { return 200 "$connection"; }
          location = /status { stub_status; }
          location = /large { root .; }
          location /files/ { root .; dav_methods PUT; create_full_put_path on; }
        }
      }
      """;

  private final int plainPort;
  private final int tlsPort;
  private final byte[] large;
  private final ServerProcess process;

  private Nginx(int plainPort, int tlsPort, byte[] large, ServerProcess process) {
    this.plainPort = plainPort;
    this.tlsPort = tlsPort;
    this.large = large;
    this.process = process;
  }

  static Nginx start(Path directory) throws IOException, InterruptedException {
    int plainPort = ServerProcess.freePort();
    int tlsPort = ServerProcess.freePort();
    byte[] large = new byte[LARGE];
    new Random(LARGE).nextBytes(large);
    Files.write(directory.resolve("large"), large);
    String configuration =
        CONFIGURATION
            .replace("{plain}", Integer.toString(plainPort))
            .replace("{tls}", Integer.toString(tlsPort));
    return new Nginx(plainPort, tlsPort, large, run(directory, configuration, tlsPort));
  }

  /** Runs nginx with a configuration, which may name the certificate and its key. */
  static ServerProcess run(Path directory, String configuration, int port)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve("certificate.pem"), TestCertificate.GOOD.certificatePem());
    Files.writeString(directory.resolve("key.pem"), TestCertificate.GOOD.privateKeyPem());
    Files.writeString(directory.resolve("nginx.conf"), configuration);
    Files.createDirectories(directory.resolve("temp"));
    return ServerProcess.start(
        directory, port, "nginx", "-p", directory + "/", "-c", "nginx.conf", "-e", "stderr");
  }

  int plainPort() {
    return plainPort;
  }

  int tlsPort() {
    return tlsPort;
  }

  /** {@return what the large file holds} */
  byte[] large() {
    return large.clone();
  }

  URI plain(String path) {
    return URI.create("http://127.0.0.1:" + plainPort + path);
  }

  URI tls(String path) {
    return URI.create("https://127.0.0.1:" + tlsPort + path);
  }

  /**
   * Waits until nginx has no connection but the one that asks it.
   *
   * @return how many others there are in the end
   */
  int otherConnectionsInTheEnd() throws IOException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    int others = otherConnections();
    while (others > 0 && System.nanoTime() < end) {
      others = otherConnections();
    }
    return others;
  }

  /** Asks by hand: the client is what is being tested. */
  private int otherConnections() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
      socket.getOutputStream().write("GET /status HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      Matcher number = ACTIVE.matcher(answer);
      if (!number.find()) {
        throw new AssertionError("no number of connections in:\n" + answer);
      }
      return Integer.parseInt(number.group(1)) - 1;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
