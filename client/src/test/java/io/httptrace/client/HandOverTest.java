package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that goes from one request to the next while a hook still tells of the first. */
class HandOverTest {
  private static final Duration LONG = Waiting.LIMIT;
  private static final Duration SHORT = Duration.ofMillis(100);

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final Gate secondGranted = new Gate();
  private final Gate secondAnswered = new Gate();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private ScriptedServer serve(int connections) {
    ConnectionScript answers =
        connection -> {
          while (true) {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
          }
        };
    return guard.watch(
        ScriptedServer.builder("origin")
            .connections(Collections.nCopies(connections, answers).toArray(new ConnectionScript[0]))
            .start());
  }

  private CompletableFuture<HttpResponse<String>> send(
      TracingHttpClient client, ScriptedServer server, ClientTrace trace) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
    return client.sendAsync(TracedRequest.of(request, trace), BodyHandlers.ofString());
  }

  /** For a hook, which cannot throw what a wait throws. */
  private static void waitFor(Gate gate, Duration limit) {
    try {
      gate.await(limit);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ClientTrace second(Gate waits) {
    return ClientTrace.builder()
        .connWaitStart(reason -> waits.open())
        .gotConn(
            info -> {
              events.add("second gotConn, reused " + info.reused());
              secondGranted.open();
            })
        .gotFirstResponseByte(() -> events.add("second gotFirstResponseByte"))
        .build();
  }

  @Test
  void aRequestThatWaitsGetsTheConnectionWhenTheHookHasReturned() throws Exception {
    ScriptedServer server = serve(1);
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().maxConnectionsPerHost(1).build()) {
      Gate secondWaits = new Gate();
      ClientTrace first =
          ClientTrace.builder()
              .putIdleConn(
                  error -> {
                    waitFor(secondWaits, LONG);
                    waitFor(secondGranted, SHORT);
                    events.add("first putIdleConn");
                  })
              .build();
      CompletableFuture<HttpResponse<String>> one = send(client, server, first);
      CompletableFuture<HttpResponse<String>> two = send(client, server, second(secondWaits));

      assertThat(one.get(LONG.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      assertThat(two.get(LONG.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      assertThat(events)
          .containsExactly(
              "first putIdleConn", "second gotConn, reused true", "second gotFirstResponseByte");
    }
  }

  @Test
  void aHookThatBlocksKeepsTheConnectionAndHoldsUpNoOtherRequest() throws Exception {
    ScriptedServer server = serve(2);
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      ClientTrace first =
          ClientTrace.builder()
              .putIdleConn(
                  error -> {
                    waitFor(secondAnswered, LONG);
                    events.add("first putIdleConn");
                  })
              .build();
      CompletableFuture<HttpResponse<String>> one = send(client, server, first);
      CompletableFuture<HttpResponse<String>> two = send(client, server, second(new Gate()));

      assertThat(two.get(LONG.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      secondAnswered.open();
      assertThat(one.get(LONG.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      assertThat(events)
          .containsExactly(
              "second gotConn, reused false", "second gotFirstResponseByte", "first putIdleConn");
    }
  }
}
