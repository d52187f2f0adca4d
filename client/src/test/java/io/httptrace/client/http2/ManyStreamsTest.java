package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.Http2Exception;
import io.httptrace.conformance.http2.ErrorCodes;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many requests at once on few connections, and what becomes of them when those end. */
class ManyStreamsTest {
  private static final int REQUESTS = 1_000;
  private static final int STREAMS = 100;
  private static final Duration LONG = Waiting.LIMIT;

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  /** A request that is traced, and what becomes of it. */
  private record Sent(TraceRecorder recorder, CompletableFuture<HttpResponse<String>> response) {
    HttpResponse<String> await() throws Exception {
      return response.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    Timeline timeline() {
      return recorder.timeline();
    }
  }

  private ScriptedServer serve(Http2Service service, int connections) {
    ConnectionScript script = service.secured(ServerTls.with(TestCertificate.GOOD));
    return guard.watch(
        ScriptedServer.builder("many")
            .connections(Collections.nCopies(connections, script).toArray(new ConnectionScript[0]))
            .start());
  }

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .trustManager(TestCertificate.trusting())
        .resolver(
            host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())));
  }

  private static HttpRequest get(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("https://example.test:" + server.port() + "/"))
        .build();
  }

  private static Sent send(TracingHttpClient client, HttpRequest request) {
    TraceRecorder recorder = new TraceRecorder();
    return new Sent(
        recorder, client.sendAsync(TracedRequest.of(request, recorder), BodyHandlers.ofString()));
  }

  private static List<Sent> send(TracingHttpClient client, HttpRequest request, int count) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sent.add(send(client, request));
    }
    return sent;
  }

  private static void allAnswered(List<Sent> sent) throws Exception {
    for (Sent one : sent) {
      assertThat(one.await().statusCode()).isEqualTo(200);
      assertThat(one.await().version()).isEqualTo(Version.HTTP_2);
      assertThat(one.await().body()).isEqualTo("hello");
    }
  }

  private static HttpRequest first(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("https://example.test:" + server.port() + "/first"))
        .build();
  }

  private static Http2Service answeringAllButTheFirstAfter(Gate gate) {
    return Http2Service.answering(
            request -> {
              Http2Answer hello = Http2Answer.ok("hello");
              return request.headers().value(":path").equals("/first") ? hello : hello.after(gate);
            })
        .with(Http2Settings.none().maxConcurrentStreams(STREAMS));
  }

  @Test
  void aThousandAtOnceTakeAsFewConnectionsAsTheLimitOfStreamsAllows() throws Exception {
    Gate gate = new Gate();
    Http2Service service = answeringAllButTheFirstAfter(gate);
    ScriptedServer server = serve(service, REQUESTS);
    try (TracingHttpClient client = client().build()) {
      allAnswered(send(client, first(server), 1));

      List<Sent> sent = send(client, get(server), REQUESTS);
      server.awaitRequests(REQUESTS + 1);
      gate.open();

      allAnswered(sent);
      assertThat(service.connections()).isEqualTo(REQUESTS / STREAMS);
      assertThat(service.mostStreamsAtOnce()).isLessThanOrEqualTo(STREAMS);
      assertThat(service.refused()).isZero();
      assertThat(sent).allMatch(one -> one.timeline().roundTrips().size() == 1);
    }
  }

  @Test
  void aLimitThatWasSaidOnceHoldsWhateverElseIsSaidLater() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD);
    Gate othersServed = new Gate();
    ConnectionScript first =
        connection -> {
          ScriptedHttp2Connection http2 =
              ScriptedHttp2Connection.overTls(connection, tls)
                  .begin(Http2Settings.none().maxConcurrentStreams(STREAMS));
          http2.send(Frame.settings(Http2Settings.none().initialWindowSize(100_000)));
          http2.respond(http2.awaitRequest().stream(), 200, "hello");
          List<Integer> streams = new ArrayList<>();
          for (int i = 0; i < STREAMS; i++) {
            streams.add(http2.awaitRequest().stream());
          }
          assertThat(othersServed.await(LONG)).isTrue();
          for (int stream : streams) {
            http2.respond(stream, 200, "hello");
          }
          connection.awaitPeerClose();
        };
    Http2Service others = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("settled")
                .connections(first)
                .otherConnections(others.secured(tls))
                .start());
    try (TracingHttpClient client = client().build()) {
      allAnswered(send(client, get(server), 1));

      List<Sent> sent = send(client, get(server), STREAMS + 50);
      server.awaitRequests(1 + STREAMS + 50);
      othersServed.open();

      allAnswered(sent);
      assertThat(sent).allMatch(one -> one.timeline().roundTrips().size() == 1);
      assertThat(others.streams()).isEqualTo(50);
    }
  }

  @Test
  void withAHostLimitAThousandWaitForStreams() throws Exception {
    Gate waited = new Gate();
    Http2Service service = answeringAllButTheFirstAfter(waited);
    ScriptedServer server = serve(service, 2);
    ClientTrace waits =
        ClientTrace.builder()
            .connWaitStart(
                reason -> {
                  if (reason == ConnWaitReason.STREAM_LIMIT) {
                    waited.open();
                  }
                })
            .build();
    try (TracingHttpClient client =
        client().maxConnectionsPerHost(2).clientTrace(request -> waits).build()) {
      allAnswered(send(client, first(server), 1));

      allAnswered(send(client, get(server), REQUESTS));

      assertThat(service.connections()).isLessThanOrEqualTo(2);
      assertThat(service.mostStreamsAtOnce()).isLessThanOrEqualTo(STREAMS);
      assertThat(service.streams()).isEqualTo(REQUESTS + 1);
    }
  }

  /**
   * Go sends no request again because its connection has ended; the server may have acted on it.
   */
  @Test
  void ofAServerThatIsKilledEachRequestIsAnsweredOrFailsOnce() throws Exception {
    int requests = 90;
    Gate never = new Gate();
    Http2Service service =
        Http2Service.answering(
                request ->
                    Integer.parseInt(request.headers().value(":path").substring(1)) % 3 == 0
                        ? Http2Answer.ok("hello")
                        : Http2Answer.ok("hello").after(never))
            .with(Http2Settings.none().maxConcurrentStreams(STREAMS));
    ScriptedServer server = serve(service, 1);
    try (TracingHttpClient client = client().build()) {
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String uri = "https://example.test:" + server.port() + "/" + i;
        sent.add(send(client, HttpRequest.newBuilder(URI.create(uri)).build()));
        if (i == 0) {
          allAnswered(sent);
        }
      }
      server.awaitRequests(requests);
      for (int i = 0; i < requests; i += 3) {
        assertThat(sent.get(i).await().statusCode()).isEqualTo(200);
      }

      server.close();

      for (int i = 0; i < requests; i++) {
        List<RoundTrip> roundTrips = awaitEnd(sent.get(i)).roundTrips();
        assertThat(roundTrips).hasSize(1);
        assertThat(roundTrips.get(0).outcome())
            .isEqualTo(i % 3 == 0 ? RoundTripOutcome.COMPLETED : RoundTripOutcome.FAILED);
        if (i % 3 != 0) {
          Sent failed = sent.get(i);
          assertThatThrownBy(failed::await)
              .isInstanceOf(ExecutionException.class)
              .hasCauseInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void whatAServerThatGoesAwayHasLeftOutIsRetriedOnce() throws Exception {
    int requests = 60;
    int served = 20;
    ServerTls tls = ServerTls.with(TestCertificate.GOOD);
    ConnectionScript leaves =
        connection -> {
          ScriptedHttp2Connection http2 =
              ScriptedHttp2Connection.overTls(connection, tls).begin(Http2Settings.none());
          List<Integer> streams = new ArrayList<>();
          for (int i = 0; i < requests; i++) {
            streams.add(http2.awaitRequest().stream());
            if (i == 0) {
              http2.respond(streams.get(0), 200, "hello");
            }
          }
          http2.send(Frame.goAway(streams.get(served - 1), ErrorCodes.NO_ERROR));
          for (int stream : streams.subList(1, served)) {
            http2.respond(stream, 200, "hello");
          }
          connection.awaitPeerClose();
        };
    Http2Service next = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("leaving")
                .connections(leaves)
                .connections(
                    Collections.nCopies(requests, next.secured(tls))
                        .toArray(new ConnectionScript[0]))
                .start());
    try (TracingHttpClient client = client().build()) {
      List<Sent> sent = send(client, get(server), 1);
      allAnswered(sent);
      sent.addAll(send(client, get(server), requests - 1));

      allAnswered(sent);

      int retried = 0;
      for (Sent one : sent) {
        List<RoundTrip> roundTrips = awaitEnd(one).roundTrips();
        RoundTrip last = roundTrips.get(roundTrips.size() - 1);
        assertThat(last.outcome()).isEqualTo(RoundTripOutcome.COMPLETED);
        if (roundTrips.size() > 1) {
          retried++;
          assertThat(roundTrips).hasSize(2);
          assertThat(roundTrips.get(0).error())
              .isInstanceOfSatisfying(
                  Http2Exception.class,
                  away -> {
                    assertThat(away.reason()).isEqualTo(Http2Exception.Reason.GOING_AWAY);
                    assertThat(away.unprocessed()).isTrue();
                  });
          assertThat(last.reason()).isEqualTo(RoundTripReason.RETRY);
        }
      }
      assertThat(retried).isEqualTo(requests - served);
      assertThat(next.streams()).isEqualTo(requests - served);
    }
  }

  /** The round trip may end a little after its future. */
  private static Timeline awaitEnd(Sent sent) {
    try {
      sent.await();
    } catch (Exception failed) {
      assertThat(failed).isInstanceOf(ExecutionException.class);
    }
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!sent.timeline().roundTrips().stream().allMatch(RoundTrip::ended)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    return sent.timeline();
  }
}
