package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TlsFaults;
import io.httptrace.conformance.time.GrowingLimit;
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

  /** {@return what a request fails with that has a time limit} The connection is made in time. */
  private static Throwable timeIsUp(GrowingLimit.TimedAction<Throwable> failure) throws Exception {
    return GrowingLimit.of(
        limit -> {
          Throwable thrown = failure.within(limit);
          return thrown instanceof HttpConnectTimeoutException ? null : thrown;
        });
  }

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
    HttpClient client = client(subject, builder -> trusting(builder.connectTimeout(SHORT)));
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
    String body =
        GrowingLimit.of(
            limit -> {
              ScriptedServer server =
                  answer(
                      (request, connection) -> {
                        connection.pause(limit.plus(limit));
                        connection.send(ok("late"));
                      });
              HttpClient client = client(subject, builder -> builder.connectTimeout(limit));
              try {
                return client.send(get(server), BodyHandlers.ofString()).body();
              } catch (HttpConnectTimeoutException early) {
                return null;
              }
            });

    assertThat(body).isEqualTo("late");
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
    assertThat(
            timeIsUp(
                limit ->
                    failureOfSend(
                        client, request(server).timeout(limit).build(), BodyHandlers.discarding())))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(
            timeIsUp(
                limit ->
                    failureOfSendAsync(
                        client, request(server).timeout(limit).build(), BodyHandlers.discarding())))
        .isExactlyInstanceOf(HttpTimeoutException.class)
        .hasMessage("request timed out");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(server.awaitEnd(2, SOON)).isTrue();
  }

  /** The JDK's client waits for ever. */
  @Test
  void requestTimeoutOfASubscriberThatWantsNothingAndMakesNoBody() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE);
    ScriptedServer server = answer(ok("abc"));
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

    assertThat(
            timeIsUp(
                limit -> failureOfSend(client, request(server).timeout(limit).build(), handler)))
        .isExactlyInstanceOf(HttpTimeoutException.class);
    assertThat(
            timeIsUp(
                limit ->
                    failureOfSendAsync(client, request(server).timeout(limit).build(), handler)))
        .isExactlyInstanceOf(HttpTimeoutException.class);
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

    assertThat(
            timeIsUp(
                limit ->
                    failureOfSend(
                        client, request(server).timeout(limit).build(), BodyHandlers.ofString())))
        .isExactlyInstanceOf(HttpTimeoutException.class);
    assertThat(
            timeIsUp(
                limit ->
                    failureOfSendAsync(
                        client, request(server).timeout(limit).build(), BodyHandlers.ofString())))
        .isExactlyInstanceOf(HttpTimeoutException.class);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  /** As JDK 26 has it. */
  @Test
  void requestTimeoutWhileTheBodyIsStreamed() throws Exception {
    ScriptedServer server =
        serveAlways(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
              connection.awaitPeerClose();
            });
    HttpClient client = client(Subject.HTTPTRACE);

    Throwable failure =
        GrowingLimit.of(
            limit -> {
              HttpRequest request = request(server).timeout(limit).build();
              try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
                return body.readNBytes(3).length < 3 ? null : catchThrowable(body::read);
              } catch (IOException early) {
                return null;
              }
            });

    assertThat(failure)
        .isInstanceOf(IOException.class)
        .hasCauseExactlyInstanceOf(HttpTimeoutException.class);
  }
}
