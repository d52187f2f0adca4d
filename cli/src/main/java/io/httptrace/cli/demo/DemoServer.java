package io.httptrace.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback, HTTPS unless it is wanted plain, that takes its time, so that there is
 * something to see: it thinks before it answers, and sends the body in pieces.
 */
public final class DemoServer implements AutoCloseable {
  /** The name the server goes by. No resolver but the demonstration's own knows it. */
  public static final String HOST = "demo.localhost";

  /** Without this, the JDK's server waits some 40 ms for an acknowledgement now and then. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private static final String AT_ONCE = "/at-once";

  private static final byte[] PIECE =
      "All that happens on the way to a response.\n".repeat(95).getBytes(StandardCharsets.US_ASCII);

  private final HttpServer server;
  private final ExecutorService handlers;
  private final @Nullable ThrowawayCertificate certificate;

  private DemoServer(
      HttpServer server, ExecutorService handlers, @Nullable ThrowawayCertificate certificate) {
    this.server = server;
    this.handlers = handlers;
    this.certificate = certificate;
  }

  /**
   * {@return an HTTPS server that is listening}
   *
   * @param pace how long it takes for what
   * @throws IOException if it cannot listen on loopback
   * @throws GeneralSecurityException if there can be no certificate
   */
  public static DemoServer start(DemoPace pace) throws IOException, GeneralSecurityException {
    ThrowawayCertificate certificate = ThrowawayCertificate.create(HOST, Instant.now());
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
    return start(server, certificate, pace);
  }

  /**
   * {@return a server without TLS that is listening}
   *
   * @param pace how long it takes for what
   * @throws IOException if it cannot listen on loopback
   */
  public static DemoServer startPlain(DemoPace pace) throws IOException {
    return start(HttpServer.create(), null, pace);
  }

  private static DemoServer start(
      HttpServer server, @Nullable ThrowawayCertificate certificate, DemoPace pace)
      throws IOException {
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService handlers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "httptrace-demo-server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(handlers);
    server.createContext("/", exchange -> answer(exchange, pace));
    server.createContext(AT_ONCE, exchange -> answer(exchange, DemoPace.hurried()));
    server.start();
    return new DemoServer(server, handlers, certificate);
  }

  /** {@return what to request} */
  public URI uri() {
    return uri("/");
  }

  /** {@return what to request for an answer that takes no longer than it has to} */
  public URI hurriedUri() {
    return uri(AT_ONCE);
  }

  private URI uri(String path) {
    String scheme = certificate == null ? "http" : "https";
    return URI.create(scheme + "://" + HOST + ":" + server.getAddress().getPort() + path);
  }

  /** {@return the address it listens on} */
  public InetAddress address() {
    return server.getAddress().getAddress();
  }

  /**
   * {@return a new context that trusts this server's certificate and no other; empty without TLS}
   *
   * @throws GeneralSecurityException if this JDK lacks what it takes
   */
  public Optional<SSLContext> clientContext() throws GeneralSecurityException {
    return certificate == null ? Optional.empty() : Optional.of(certificate.clientContext());
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow();
  }

  private static void answer(HttpExchange exchange, DemoPace pace) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      pause(pace.think());
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, 0); // of unknown length, so chunked
      OutputStream body = exchange.getResponseBody();
      for (int piece = 0; piece < pace.pieces(); piece++) {
        if (piece > 0) {
          pause(pace.betweenPieces());
        }
        body.write(PIECE);
        body.flush();
      }
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closing", e);
    }
  }
}
