package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that is ended in code which one of its own requests runs: nothing waits for itself. */
class ClosedFromWithinTest {
  private static final Duration LIMIT = Waiting.LIMIT;

  /** Beside hooks. */
  private static final List<String> OTHER_PLACES =
      List.of(
          "resolver",
          "cookies of a request",
          "cookies of a response",
          "authenticator",
          "publisher",
          "handler",
          "onSubscribe",
          "onNext",
          "onComplete",
          "getBody",
          "mapping of a stream");

  private static final List<String> DOORS =
      List.of("send", "sendAsync", "sendAsync on an executor of the caller's");

  /** What is done to the client. */
  private enum Act {
    CLOSE,
    SHUTDOWN,
    SHUTDOWN_NOW,
    AWAIT
  }

  private record Case(String place, String door, Act act) {
    @Override
    public String toString() {
      return act + " in " + place + ", " + door;
    }

    /** The request can end without it, and the client too: then there is an end to wait for. */
    boolean mayBeLeftBehind() {
      boolean beside = place.equals("getBody") || place.equals("mapping of a stream");
      return beside && door.endsWith("caller's");
    }
  }

  private static Stream<Case> cases() {
    return Stream.concat(UploadHooks.PLAIN.stream(), OTHER_PLACES.stream())
        .flatMap(
            place ->
                DOORS.stream()
                    .flatMap(
                        door -> Stream.of(Act.values()).map(act -> new Case(place, door, act))));
  }

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicBoolean acted = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
  private @Nullable TracingHttpClient client;
  private Case which = new Case("", "", Act.CLOSE);

  @AfterEach
  void endExecutor() throws InterruptedException {
    executor.shutdown();
    assertThat(executor.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** Ends the client, if this is the place, once. */
  private void at(String place) {
    TracingHttpClient open = client;
    if (place.equals(which.place) && open != null && acted.compareAndSet(false, true)) {
      try {
        switch (which.act) {
          case CLOSE -> open.close();
          case SHUTDOWN -> open.shutdown();
          case SHUTDOWN_NOW -> open.shutdownNow();
          case AWAIT -> {
            open.shutdown();
            open.awaitTermination(Duration.ofDays(1));
          }
        }
      } catch (Throwable t) {
        thrown.set(t);
      }
    }
  }

  private static ScriptedServer serve(LeakGuard guard) {
    return guard.watch(
        ScriptedServer.builder("origin")
            .connections(
                connection -> {
                  var asked = connection.readHead();
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.readBody(asked);
                  connection.send("HTTP/1.1 401 Who?\r\nWWW-Authenticate: Basic realm=\"r\"\r\n");
                  connection.send("Content-Length: 0\r\n\r\n");
                  var again = connection.readHead();
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.readBody(again);
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                  connection.awaitPeerClose();
                })
            .start());
  }

  private TracingHttpClient build() {
    FakeResolver names = new FakeResolver().resolves("example.test", "127.0.0.1");
    TracingHttpClientBuilder builder =
        TracingHttpClient.newBuilder()
            .resolver(
                host -> {
                  at("resolver");
                  return names.lookup(host);
                })
            .cookieHandler(new Cookies())
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    at("authenticator");
                    return new PasswordAuthentication("user", "secret".toCharArray());
                  }
                });
    return which.door.endsWith("caller's") ? builder.executor(executor).build() : builder.build();
  }

  private final class Cookies extends CookieHandler {
    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
      at("cookies of a request");
      return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> headers) {
      at("cookies of a response");
    }
  }

  private BodyPublisher body() {
    BodyPublisher text = BodyPublishers.ofString("some body");
    return BodyPublishers.fromPublisher(
        subscriber -> {
          at("publisher");
          text.subscribe(subscriber);
        },
        9);
  }

  private BodyHandler<String> handler() {
    return info -> {
      at("handler");
      BodySubscriber<String> text =
          which.place.equals("mapping of a stream")
              ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), this::read)
              : BodyHandlers.ofString().apply(info);
      return new Subscriber(text);
    };
  }

  private String read(InputStream stream) {
    at("mapping of a stream");
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Subscriber implements BodySubscriber<String> {
    private final BodySubscriber<String> text;

    Subscriber(BodySubscriber<String> text) {
      this.text = text;
    }

    @Override
    public CompletionStage<String> getBody() {
      at("getBody");
      return text.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      at("onSubscribe");
      text.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
      at("onNext");
      text.onNext(item);
    }

    @Override
    public void onError(Throwable throwable) {
      text.onError(throwable);
    }

    @Override
    public void onComplete() {
      at("onComplete");
      text.onComplete();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAllTheSame(Case tried) throws Exception {
    which = tried;
    ScriptedServer server = serve(guard);
    TracingHttpClient open = build();
    client = open;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://example.test:" + server.port() + "/"))
            .POST(body())
            .expectContinue(true)
            .build();
    HttpRequest sent =
        isHook(tried.place) ? TracedRequest.of(request, EveryHook.of(this::at)) : request;
    Throwable failure =
        catchThrowable(
            () -> {
              HttpResponse<String> response =
                  tried.door.equals("send")
                      ? open.send(sent, handler())
                      : open.sendAsync(sent, handler()).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
              assertThat(response.body()).isEqualTo("hello");
            });

    assertThat(acted).isTrue();
    if (tried.act != Act.SHUTDOWN_NOW) {
      assertThat(failure).isNull();
    } else if (failure != null) {
      assertThat(failure).isNotInstanceOf(TimeoutException.class);
    }
    if (tried.act == Act.AWAIT && !(tried.mayBeLeftBehind() && thrown.get() == null)) {
      assertThat(thrown.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "code that a request of this client runs cannot wait for the end of the client");
    } else {
      assertThat(thrown.get()).isNull();
    }
    assertThat(open.awaitTermination(LIMIT)).isTrue();
  }

  private static boolean isHook(String place) {
    return Stream.of(ClientTrace.class.getMethods()).anyMatch(m -> m.getName().equals(place));
  }

  /** To ask is not to wait. */
  @Test
  void mayBeAskedWhetherItHasEnded() throws Exception {
    ScriptedServer server = serve(guard);
    AtomicReference<@Nullable Boolean> answer = new AtomicReference<>();
    try (TracingHttpClient open = build()) {
      open.send(
          HttpRequest.newBuilder(URI.create("http://example.test:" + server.port() + "/")).build(),
          info -> {
            answer.set(open.isTerminated() || end(open, Duration.ZERO));
            return BodySubscribers.discarding();
          });
    }
    assertThat(answer.get()).isFalse();
  }

  private static boolean end(TracingHttpClient client, Duration duration) {
    try {
      return client.awaitTermination(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Whoever waits for the future does not wait for a hook that never returns. */
  @Test
  void aTimeLimitEndsARequestWhoseHookDoesNotReturn() throws Exception {
    ScriptedServer server = serve(guard);
    Gate leave = new Gate();
    try (TracingHttpClient open = build()) {
      ClientTrace trace =
          ClientTrace.builder()
              .gotConn(
                  info -> {
                    try {
                      leave.await(Duration.ofDays(1));
                    } catch (InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  })
              .build();
      CompletableFuture<HttpResponse<String>> future =
          open.sendAsync(
              TracedRequest.of(
                  HttpRequest.newBuilder(URI.create("http://example.test:" + server.port() + "/"))
                      .timeout(Duration.ofMillis(100))
                      .build(),
                  trace),
              BodyHandlers.ofString());

      assertThat(catchThrowable(() -> future.get(LIMIT.toSeconds(), TimeUnit.SECONDS)))
          .hasCauseInstanceOf(HttpTimeoutException.class);
      leave.open();
    }
  }
}
