package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.leak.LeakProbe;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servers, clients and requests for the tests of this package, which are closed after each test.
 */
@ExtendWith(AskedAgain.class)
abstract class Contract {
  /** For what has to happen soon: it is only waited for in full by a test that fails. */
  static final Duration SOON = Waiting.LIMIT;

  private static final int CONNECTIONS = 20;

  private final List<ScriptedServer> servers = new ArrayList<>();
  private final List<HttpClient> clients = new ArrayList<>();
  private final Map<Subject, HttpClient> plainClients = new EnumMap<>(Subject.class);
  private final List<LeakProbe> probes = new ArrayList<>();

  /** What a server sends for a request. */
  interface Answer {
    void to(ReceivedRequestHead request, ServerConnection connection) throws Exception;
  }

  @BeforeEach
  final void begin() {
    ServiceLoader.load(LeakProbe.class).forEach(probes::add);
    probes.forEach(LeakProbe::before);
  }

  /** The JDK's clients end when they are no longer reachable; JDK 17 has no other way. */
  @AfterEach
  final void end() {
    for (HttpClient client : clients) {
      if (client instanceof TracingHttpClient ours) {
        ours.shutdownNow();
        ours.close();
      }
    }
    servers.forEach(ScriptedServer::close);
    assertThat(servers).flatMap(ScriptedServer::problems).isEmpty();
    assertThat(probes).flatMap(LeakProbe::leaks).isEmpty();
  }

  // ---- Servers ----

  final ScriptedServer serve(ConnectionScript... connections) {
    return open(ScriptedServer.builder("contract").connections(connections));
  }

  final ScriptedServer open(ScriptedServer.Builder builder) {
    ScriptedServer server = builder.start();
    servers.add(server);
    return server;
  }

  /** A server that does the same on each connection. */
  final ScriptedServer serveAlways(ConnectionScript connection) {
    return serve(Collections.nCopies(CONNECTIONS, connection).toArray(new ConnectionScript[0]));
  }

  /** A server that reads whole requests, on any connection, and answers each. */
  final ScriptedServer answer(Answer answer) {
    return serveAlways(
        connection -> {
          while (true) {
            answer.to(connection.readRequest(), connection);
          }
        });
  }

  /** A server that answers each request with the same bytes. */
  final ScriptedServer answer(String response) {
    return answer((request, connection) -> connection.send(response));
  }

  /** A server that answers each request with the same bytes and then closes the connection. */
  final ScriptedServer answerAndClose(String response) {
    return serveAlways(
        connection -> {
          connection.readRequest();
          if (!response.isEmpty()) {
            connection.send(response);
          }
          connection.close();
        });
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  // ---- Clients and requests ----

  /** The client with the default settings; a test has one of each. */
  final HttpClient client(Subject subject) {
    return plainClients.computeIfAbsent(subject, s -> client(s, builder -> builder));
  }

  final HttpClient client(Subject subject, UnaryOperator<HttpClient.Builder> settings) {
    HttpClient client = settings.apply(subject.newBuilder()).build();
    clients.add(client);
    return client;
  }

  /** By this client's own setting it is open who does TLS. */
  static HttpClient.Builder trusting(HttpClient.Builder builder) {
    return builder instanceof TracingHttpClientBuilder ours
        ? ours.trustManager(TestCertificate.trusting())
        : builder.sslContext(TestCertificate.trustingContext());
  }

  static URI uri(ScriptedServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  static HttpRequest.Builder request(ScriptedServer server) {
    return HttpRequest.newBuilder(uri(server, "/"));
  }

  static HttpRequest get(ScriptedServer server) {
    return request(server).build();
  }

  // ---- Outcomes ----

  static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
  }

  static <T> Throwable failureOfSend(HttpClient client, HttpRequest request, BodyHandler<T> body) {
    return catchThrowable(() -> client.send(request, body));
  }

  /** What the future of {@code sendAsync} fails with. */
  static <T> Throwable failureOfSendAsync(
      HttpClient client, HttpRequest request, BodyHandler<T> body) {
    return failure(client.sendAsync(request, body));
  }

  static Throwable failure(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> soon(future));
    return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
  }

  /** Both doors fail with an exception of the same type. */
  static <T> void assertFails(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> body,
      Class<? extends IOException> type) {
    assertThat(jdkType(failureOfSend(client, request, body))).isEqualTo(type);
    assertThat(jdkType(failureOfSendAsync(client, request, body))).isEqualTo(type);
  }

  /**
   * The future fails with what the caller's own code threw; {@code send} with that, if it is an
   * IOException and the client does not wrap it, or with an IOException that has it as cause.
   */
  static <T> void assertFailsWith(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> body,
      Class<? extends Throwable> type) {
    assertThat(failureOfSend(client, request, body))
        .isInstanceOf(IOException.class)
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isInstanceOf(type),
            thrown -> assertThat(thrown).hasCauseInstanceOf(type));
    assertThat(failureOfSendAsync(client, request, body)).isExactlyInstanceOf(type);
  }

  /** The most special type of the JDK that an exception has. */
  static Class<?> jdkType(Throwable thrown) {
    Class<?> type = thrown == null ? void.class : thrown.getClass();
    while (!type.isPrimitive() && !type.getName().matches("javax?\\..*")) {
      type = type.getSuperclass();
    }
    return type;
  }

  static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> body)
      throws Exception {
    HttpResponse<T> viaFuture = soon(client.sendAsync(request, body));
    HttpResponse<T> response = client.send(request, body);
    assertThat(response.statusCode()).isEqualTo(viaFuture.statusCode());
    return response;
  }
}
