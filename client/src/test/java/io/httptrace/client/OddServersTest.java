package io.httptrace.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.GotConnInfo;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.TraceRecorder;
import java.io.EOFException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers, resolvers and publishers that do what few do, and no request may hang for it. */
class OddServersTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final Duration LIMIT = Waiting.LIMIT;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();
  private @Nullable TracingHttpClient client;

  private TracingHttpClient client() {
    TracingHttpClient opened = client;
    if (opened == null) {
      opened = builder.build();
      client = opened;
    }
    return opened;
  }

  @AfterEach
  void close() {
    client().shutdownNow();
    client().close();
  }

  private ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("odd").connections(scripts).start());
  }

  private static HttpRequest.Builder to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return client().sendAsync(request, BodyHandlers.ofString());
  }

  private static String body(CompletableFuture<HttpResponse<String>> sent) throws Exception {
    return sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS).body();
  }

  private static Throwable failure(CompletableFuture<?> sent) throws Exception {
    try {
      throw new AssertionError("did not fail: " + sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return requireNonNull(e.getCause());
    }
  }

  /** The addresses of a connection must be known though it is gone before anyone asks. */
  @Test
  void whatFailedBeforeARetryIsSuppressed() throws Exception {
    ConnectionScript dies =
        connection -> {
          connection.readRequest();
          connection.close();
        };
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(HELLO);
              dies.run(connection);
            },
            dies);
    assertThat(body(send(to(server).build()))).isEqualTo("hello");

    assertThat(send(to(server).build()))
        .failsWithin(LIMIT)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isExactlyInstanceOf(IOException.class)
        .withCauseInstanceOf(EOFException.class)
        .satisfies(
            failed ->
                assertThat(failed.getSuppressed())
                    .singleElement()
                    .isInstanceOf(EOFException.class));
  }

  @Test
  void aConnectionThatIsResetAtOnceFailsItsRequest() throws Exception {
    int times = 200;
    ConnectionScript[] resets = new ConnectionScript[times];
    Arrays.fill(resets, (ConnectionScript) connection -> connection.reset());
    ScriptedServer server = server(resets);
    for (int i = 0; i < times; i++) {
      HttpRequest request = TracedRequest.of(to(server).build(), new TraceRecorder());
      assertThat(failure(send(request))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSecondAnswerNobodyAskedForIsNotTakenForTheNextOne() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(HELLO + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
            },
            connection -> {
              connection.readRequest();
              connection.send(HELLO);
            });

    assertThat(body(send(to(server).build()))).isEqualTo("hello");
    assertThat(body(send(to(server).build()))).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(2);
  }

  @Test
  void thePartOfASecondAnswerIsNotPutBeforeTheNextOne() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(HELLO + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX: ");
            },
            connection -> {
              connection.readRequest();
              connection.send(HELLO);
            });

    assertThat(body(send(to(server).build()))).isEqualTo("hello");
    assertThat(body(send(to(server).build()))).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(2);
  }

  /** It may be there before the request is written, or before a hook is through, or after. */
  @Test
  void noAnswerIsLostThatAServerGivesAsItAccepts() throws Exception {
    int times = 200;
    ConnectionScript[] refusals = new ConnectionScript[times];
    Arrays.fill(
        refusals,
        (ConnectionScript)
            connection -> {
              connection.send(
                  "HTTP/1.1 408 Timeout\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
              connection.close();
            });
    ScriptedServer server = server(refusals);
    for (int i = 0; i < times; i++) {
      List<String> hooks = new CopyOnWriteArrayList<>();
      ClientTrace trace =
          ClientTrace.builder()
              .gotConn(info -> hooks.add("gotConn"))
              .gotFirstResponseByte(() -> hooks.add("gotFirstResponseByte"))
              .gotResponse(info -> hooks.add("gotResponse " + info.status()))
              .roundTripDone(info -> hooks.add("roundTripDone " + info.outcome()))
              .build();
      HttpRequest request = to(server).build();

      HttpResponse<String> response =
          send(i % 2 == 0 ? request : TracedRequest.of(request, trace))
              .get(LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(response.statusCode() + response.body()).isEqualTo("408hello");
      if (i % 2 != 0) {
        assertThat(hooks)
            .containsExactly(
                "gotConn", "gotFirstResponseByte", "gotResponse 408", "roundTripDone COMPLETED");
      }
    }
    assertThat(server.accepted()).isEqualTo(times);
  }

  @Test
  void aCodingNobodyAskedForIsNotTakenForTheContent() throws Exception {
    builder.compression(true);
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello");
            });

    assertThat(failure(send(to(server).build())))
        .isInstanceOf(ResponseException.class)
        .hasMessage("unsupported content coding: br");
  }

  /** What a server may say is not always what a client may: no request hangs for it. */
  @Test
  void aChallengeThatCannotBeAnsweredIsHandedOver() throws Exception {
    builder.authenticator(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("user", "password".toCharArray());
          }
        });
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\u0001b\", qop=\"auth\","
                      + " nonce=\"n\"\r\nContent-Length: 0\r\n\r\n");
            });

    assertThat(send(to(server).build()).get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode())
        .isEqualTo(401);
  }

  /** The limit is for heads: the body that came with them does not count. */
  @Test
  void informationalResponsesDoNotMakeTheBodyCountAsHead() throws Exception {
    builder.maxResponseHeaderBytes(500);
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(
                  "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
                      + "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
                      + "x".repeat(5000));
            });

    assertThat(body(send(to(server).build()))).hasSize(5000);
  }

  @Test
  void informationalResponsesAreLimitedTogether() throws Exception {
    builder.maxResponseHeaderBytes(500).maxInformationalResponses(0);
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              String hint = "HTTP/1.1 103 Early Hints\r\nLink: <" + "a".repeat(100) + ">\r\n\r\n";
              connection.send(hint.repeat(5) + HELLO);
            });

    assertThat(failure(send(to(server).build()))).hasMessage("response head is too large");
  }

  /**
   * A body of known length is complete with its last byte. Its publisher may say so much later,
   * when the connection is in use for another body, which must not end there.
   */
  @Test
  void aPublisherThatCompletesLateDoesNotEndTheNextBody() throws Exception {
    CompletableFuture<Flow.Subscriber<? super ByteBuffer>> first = new CompletableFuture<>();
    CompletableFuture<Flow.Subscriber<? super ByteBuffer>> second = new CompletableFuture<>();
    Gate half = new Gate();
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(HELLO);
              var head = connection.readHead();
              assertThat(connection.readBytes(6)).asString().isEqualTo("3\r\none");
              half.open();
              assertThat(connection.readBytes(2 + 6 + 2 + 5))
                  .asString()
                  .isEqualTo("\r\n3\r\ntwo\r\n0\r\n\r\n");
              assertThat(head.chunked()).isTrue();
              connection.send(HELLO);
            });
    var known = BodyPublishers.fromPublisher(byHand(first), 3);
    var one = send(to(server).POST(known).build());
    first.get().onNext(ByteBuffer.wrap("end".getBytes(US_ASCII)));
    assertThat(body(one)).isEqualTo("hello");

    var two = send(to(server).POST(BodyPublishers.fromPublisher(byHand(second))).build());
    second.get().onNext(ByteBuffer.wrap("one".getBytes(US_ASCII)));
    assertThat(half.await(LIMIT)).isTrue();
    first.get().onComplete();
    second.get().onNext(ByteBuffer.wrap("two".getBytes(US_ASCII)));
    second.get().onComplete();

    assertThat(body(two)).isEqualTo("hello");
    assertThat(server.accepted()).isEqualTo(1);
    assertThat(server.problems()).isEmpty();
  }

  private static Flow.Publisher<ByteBuffer> byHand(
      CompletableFuture<Flow.Subscriber<? super ByteBuffer>> subscribed) {
    return subscriber -> {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
      subscribed.complete(subscriber);
    };
  }

  @Test
  void aTraceWhoseHashCodeThrowsMayThrowInAHook() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(HELLO);
            });
    HttpRequest request = TracedRequest.of(to(server).build(), new Hostile());

    assertThat(body(send(request))).isEqualTo("hello");
  }

  /** Has nothing one could rely on. */
  private static final class Hostile implements ClientTrace {
    @Override
    public void gotConn(GotConnInfo info) {
      throw new IllegalStateException("expected in the log: a hook that throws");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("no hash code");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("not equal");
    }
  }
}
