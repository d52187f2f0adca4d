package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The events of a request that is sent in HTTP/1.1 and answered in HTTP/2: the protocol changes in
 * the middle of it.
 */
class H2cUpgradeEventsTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch done = new CountDownLatch(1);
  private final ClientTrace trace =
      ClientTrace.builder()
          .getConn(hostPort -> log.add("getConn"))
          .gotConn(
              info ->
                  log.add(
                      "gotConn reused="
                          + info.reused()
                          + " wasIdle="
                          + info.wasIdle()
                          + " "
                          + info.connection().protocol()))
          .wroteHeaders(() -> log.add("wroteHeaders"))
          .wait100Continue(() -> log.add("wait100Continue"))
          .wroteRequest(info -> log.add("wroteRequest " + info.error()))
          .gotFirstResponseByte(() -> log.add("gotFirstResponseByte"))
          .got100Continue(() -> log.add("got100Continue"))
          .got1xxResponse((status, headers) -> log.add("got1xxResponse " + status))
          .gotResponse(info -> log.add("gotResponse " + info.status() + " " + info.protocol()))
          .putIdleConn(error -> log.add("putIdleConn " + error))
          .roundTripDone(
              info -> {
                log.add("roundTripDone " + info.outcome());
                done.countDown();
              })
          .build();

  private ScriptedServer serve(Http2Answer answer) {
    return guard.watch(
        ScriptedServer.builder("clear")
            .connections(
                Http2Service.answering(
                        request ->
                            request.headers().path().equals("/second")
                                ? Http2Answer.ok("second")
                                : answer)
                    .upgraded())
            .start());
  }

  private static HttpRequest.Builder request(ScriptedServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  @Test
  void informationalResponsesInHttp2AreToldAsToARequestOfHttp1() throws Exception {
    ScriptedServer server =
        serve(
            Http2Answer.ok("hello")
                .informational(HeaderBlock.status(100))
                .informational(HeaderBlock.status(103)));
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      client.send(TracedRequest.of(request(server, "/").build(), trace), BodyHandlers.ofString());

      assertThat(log)
          .containsExactly(
              "getConn",
              "gotConn reused=false wasIdle=false HTTP/1.1",
              "wroteHeaders",
              "wroteRequest null",
              "gotFirstResponseByte",
              "got1xxResponse 100",
              "got1xxResponse 103",
              "gotResponse 200 HTTP/2",
              "roundTripDone COMPLETED");

      log.clear();
      HttpRequest second =
          request(server, "/second")
              .expectContinue(true)
              .POST(BodyPublishers.ofString("body"))
              .build();
      client.send(TracedRequest.of(second, trace), BodyHandlers.ofString());

      assertThat(log.subList(0, 3))
          .containsExactly("getConn", "gotConn reused=true wasIdle=true HTTP/2", "wroteHeaders");
      assertThat(log).endsWith("gotResponse 200 HTTP/2", "roundTripDone COMPLETED");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** Only its stream is reset, as the connection is one of HTTP/2 by now. */
  @Test
  void aResponseThatIsAbandonedAfterTheUpgradeLeavesTheConnectionToOthers() throws Exception {
    ScriptedServer server = serve(Http2Answer.status(200).bodyOf(1 << 20));
    try (TracingHttpClient client = TracingHttpClient.newBuilder().http2Upgrade(true).build()) {
      HttpResponse<InputStream> first =
          client.send(
              TracedRequest.of(request(server, "/").build(), trace), BodyHandlers.ofInputStream());
      first.body().close();
      assertThat(done.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      assertThat(log)
          .containsExactly(
              "getConn",
              "gotConn reused=false wasIdle=false HTTP/1.1",
              "wroteHeaders",
              "wroteRequest null",
              "gotFirstResponseByte",
              "gotResponse 200 HTTP/2",
              "roundTripDone ABANDONED");

      HttpResponse<String> second =
          client.send(request(server, "/second").build(), BodyHandlers.ofString());
      assertThat(second.body()).isEqualTo("second");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }
}
