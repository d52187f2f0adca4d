package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.Gate;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.server.TlsFaults;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Time limits: what runs out of time, and with which exception. */
final class TimeoutsTest extends Contract {
  private static final Duration SHORT = Duration.ofMillis(250);

  private ScriptedServer blackHole() {
    return open(ScriptedServer.builder("hole").hangingOn("127.0.0.1"));
  }

  private ScriptedServer silent() {
    return serveAlways(
        connection -> {
          connection.readRequest();
          connection.awaitPeerClose();
        });
  }

  @BothClients
  void connectTimeoutOfAServerThatDoesNotAccept(Subject subject) {
    HttpClient client = client(subject, builder -> builder.connectTimeout(SHORT));
    HttpRequest request = get(blackHole());

    assertFails(client, request, BodyHandlers.discarding(), HttpConnectTimeoutException.class);
    assertThat(failureOfSend(client, request, BodyHandlers.discarding()))
        .hasMessageContaining("HTTP connect timed out")
        .hasCauseInstanceOf(IOException.class);
    assertThat(failureOfSendAsync(client, request, BodyHandlers.discarding()))
        .hasMessageContaining("HTTP connect timed out")
        .hasCauseInstanceOf(IOException.class);
  }

  @BothClients
  void connectTimeoutOfAServerThatIsSilentInTheHandshake(Subject subject) {
    HttpClient client =
        client(
            subject,
            builder -> builder.connectTimeout(SHORT).sslContext(TestCertificate.trustingContext()));
    ScriptedServer server = serveAlways(TlsFaults.silent());

    assertFails(
        client,
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/")).build(),
        BodyHandlers.discarding(),
        HttpConnectTimeoutException.class);
  }

  /** The JDK's client looks names up without a limit. */
  @Test
  void connectTimeoutOfALookup() throws Exception {
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .connectTimeout(SHORT)
            .resolver(host -> new CompletableFuture<>())
            .build()) {
      assertFails(
          client,
          HttpRequest.newBuilder(URI.create("http://never.test/")).build(),
          BodyHandlers.discarding(),
          HttpConnectTimeoutException.class);
    }
  }

  @BothClients
  void theConnectTimeoutIsNotOneForTheResponse(Subject subject) throws Exception {
    Gate accepted = new Gate();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              accepted.open();
              connection.pause(SHORT.plus(SHORT));
              connection.send(ok("late"));
            });
    HttpClient client = client(subject, builder -> builder.connectTimeout(SHORT));
    // The first connection of a process may take longer than any short limit.
    client(subject).send(get(answer(ok(""))), BodyHandlers.discarding());

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("late");
  }

  @BothClients
  void requestTimeoutWhileConnecting(Subject subject) {
    HttpRequest request = request(blackHole()).timeout(SHORT).build();

    assertFails(
        client(subject), request, BodyHandlers.discarding(), HttpConnectTimeoutException.class);
    assertThat(failureOfSendAsync(client(subject), request, BodyHandlers.discarding()))
        .hasMessage("HTTP connect timed out")
        .hasCauseExactlyInstanceOf(ConnectException.class);
  }

  @BothClients
  void requestTimeoutWhileWaitingForTheResponse(Subject subject) throws Exception {
    ScriptedServer server = silent();
    HttpClient client = client(subject);
    client.send(get(answer(ok(""))), BodyHandlers.discarding());
    HttpRequest request = request(server).timeout(Duration.ofMillis(400)).build();

    Throwable bySend = failureOfSend(client, request, BodyHandlers.discarding());
    assertThat(bySend)
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(failureOfSendAsync(client, request, BodyHandlers.discarding()))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(server.awaitEnd(2, SOON)).isTrue();
  }

  /** The JDK's client waits for ever. */
  @Test
  void requestTimeoutOfASubscriberThatWantsNothingAndMakesNoBody() throws Exception {
    HttpRequest request = request(answer(ok("abc"))).timeout(SHORT).build();
    BodyHandler<String> handler =
        info ->
            new BodySubscriber<>() {
              @Override
              public CompletionStage<String> getBody() {
                return new CompletableFuture<>();
              }

              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
              }

              @Override
              public void onNext(List<ByteBuffer> item) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            };

    assertFails(client(Subject.HTTPTRACE), request, handler, HttpTimeoutException.class);
  }

  @BothClients
  void aTimeoutThatIsNotReachedDoesNoHarm(Subject subject) throws Exception {
    HttpRequest request = request(answer(ok("abc"))).timeout(Duration.ofDays(1)).build();

    assertThat(send(client(subject), request, BodyHandlers.ofString()).body()).isEqualTo("abc");
  }

  /** The JDK's client up to JDK 25 throws an ArithmeticException. */
  @Test
  void aTimeoutMayBeLongerThanNanosecondsCanCount() throws Exception {
    Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
    HttpClient client = client(Subject.HTTPTRACE, builder -> builder.connectTimeout(ages));
    HttpRequest request = request(answer(ok("abc"))).timeout(ages).build();

    assertThat(send(client, request, BodyHandlers.ofString()).body()).isEqualTo("abc");
  }

  /** As JDK 26 has it; until then the limit of the JDK's client ends with the head. */
  @Test
  void requestTimeoutInTheBody() throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
              connection.awaitPeerClose();
            });
    HttpClient client = client(Subject.HTTPTRACE);
    client.send(get(answer(ok(""))), BodyHandlers.discarding());
    HttpRequest request = request(server).timeout(Duration.ofMillis(400)).build();

    assertFails(client, request, BodyHandlers.ofString(), HttpTimeoutException.class);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  /** As JDK 26 has it. */
  @Test
  void requestTimeoutWhileTheBodyIsStreamed() throws Exception {
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
              connection.awaitPeerClose();
            });
    HttpClient client = client(Subject.HTTPTRACE);
    client.send(get(answer(ok(""))), BodyHandlers.discarding());
    HttpRequest request = request(server).timeout(Duration.ofMillis(400)).build();

    try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readNBytes(3)).hasSize(3);
      assertThat(catchThrowable(body::read))
          .isInstanceOf(IOException.class)
          .hasCauseExactlyInstanceOf(HttpTimeoutException.class);
    }
  }
}
