package io.httptrace.client.http2;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.http2.fault.Http2Fault;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does, every request comes to an end, with an error that has a type; what is
 * held in memory stays within bounds; and nothing is left behind.
 */
final class MisbehavingServerTest {
  private static final int REQUESTS = 3;

  /** The window of a connection is 16 megabytes; allocators take memory by chunks of several. */
  private static final long MOST_BUFFERED = 48L << 20;

  /** What the heap may hold on behalf of a connection whose requests have ended. */
  private static final long MOST_KEPT = 8L << 20;

  private static final String ENDLESS = "endless";
  private static final Duration LIMIT = Waiting.LIMIT;

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  @AfterEach
  void watchAllBuffers() {
    ResourceLeakDetector.setLevel(Level.PARANOID);
  }

  /**
   * In a flood most of the time would go into noting where each buffer is used, ten thousands of
   * times alike. If one in a hundred is watched, a kind of frame whose buffers leak is found too.
   */
  private static void watchSomeBuffersOfAFlood(Http2Fault fault) {
    if (fault.name().contains("flood") || fault.name().contains("endless")) {
      ResourceLeakDetector.setLevel(Level.ADVANCED);
    }
  }

  /** All but the one where the pauses between attempts add up to half a minute. */
  static List<Http2Fault> faults() {
    return Http2Fault.all().stream()
        .filter(fault -> !fault.name().equals("refuses-every-stream"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void requestsEndAndMemoryIsBounded(Http2Fault fault) throws Exception {
    watchSomeBuffersOfAFlood(fault);
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("faulty")
                .connections(fault.clearText(REQUESTS))
                .otherConnections(
                    Http2Service.answering(request -> Http2Answer.ok("again")).clearText())
                .start());
    try (MemoryWatch memory = MemoryWatch.begin();
        TracingHttpClient client =
            TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      if (!fault.fromTheFirstByte()) {
        assertThat(send(client, server).get(LIMIT.toSeconds(), SECONDS).body()).isEqualTo("hello");
      }
      List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < (fault.fromTheFirstByte() ? 1 : REQUESTS); i++) {
        sent.add(send(client, server));
      }
      List<String> ends = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> future : sent) {
        ends.add(endOf(future));
      }
      check(fault, ends);
      if (fault.outcome() == Http2Fault.Outcome.CONNECTION_FAILS) {
        assertThat(server.awaitEnd(1, LIMIT)).as("connection closed").isTrue();
      }
      assertThat(memory.mostBuffers()).as("bytes of buffers").isLessThan(MOST_BUFFERED);
      assertThat(memory.heapGrewLessThan(MOST_KEPT)).as("kept on the heap").isTrue();
    }
    assertThat(server.problems()).isEmpty();
  }

  /** The pauses before a server is asked again are no reason to wait longer than one may. */
  @Test
  void aRequestThatIsRefusedAgainAndAgainEndsInTime() throws Exception {
    Http2Fault refuses =
        Http2Fault.all().stream()
            .filter(fault -> fault.name().equals("refuses-every-stream"))
            .findFirst()
            .orElseThrow();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("refusing").connections(refuses.clearText(REQUESTS)).start());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().http2PriorKnowledge(true).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
              .timeout(Duration.ofMillis(300))
              .build();
      if (!refuses.fromTheFirstByte()) {
        send(client, server).get(LIMIT.toSeconds(), SECONDS);
      }

      assertThat(client.sendAsync(request, BodyHandlers.ofString()))
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(HttpTimeoutException.class);
    }
  }

  private static void check(Http2Fault fault, List<String> ends) {
    assertThat(ends).doesNotContain(ENDLESS);
    switch (fault.outcome()) {
      case CONNECTION_FAILS, ALL_STREAMS_FAIL -> assertThat(ends).doesNotContain("200 hello");
      case STREAM_FAILS -> assertThat(ends).anyMatch(end -> !end.startsWith("200"));
      case ANY -> assertThat(ends).isNotEmpty();
    }
  }

  private static CompletableFuture<HttpResponse<String>> send(
      HttpClient client, ScriptedServer server) {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static String endOf(CompletableFuture<HttpResponse<String>> future) throws Exception {
    try {
      HttpResponse<String> response = future.get(LIMIT.toSeconds(), SECONDS);
      return response.statusCode() + " " + response.body();
    } catch (TimeoutException endless) {
      // Or the client would wait for it when it is closed.
      future.cancel(true);
      return ENDLESS;
    } catch (ExecutionException failed) {
      return describe(failed.getCause());
    }
  }

  private static String describe(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof Http2Exception http2) {
        return http2.reason() + " " + http2.errorCode();
      }
      if (e instanceof ResponseException response) {
        return response.reason().toString();
      }
    }
    assertThat(error).isInstanceOf(IOException.class);
    return error.toString();
  }
}
