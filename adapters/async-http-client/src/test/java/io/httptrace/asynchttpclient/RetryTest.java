package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.exception.RemotelyClosedException;
import org.junit.jupiter.api.Test;

/**
 * What is told when AsyncHttpClient repeats a request. It repeats any that got no answer, which the
 * recordings do not.
 */
final class RetryTest {
  private final HookNames events = new HookNames();

  private List<RoundTrip> roundTrips() {
    return events.recorder().timeline().roundTrips();
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsTriedAgain() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.builder("server")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.close();
                    },
                    connection -> {
                      connection.readRequest();
                      connection.send(PathServer.hello());
                    })
                .start();
        AsyncHttpClient client =
            asyncHttpClient(
                AsyncHttpClientTracing.create()
                    .install(AhcTestConfig.quick().setMaxRequestRetry(1)))) {
      Calls.send(client, "http://127.0.0.1:" + server.port() + "/", events.trace());
    }

    List<String> upToTheRequest =
        List.of(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest");
    List<String> all = new ArrayList<>(upToTheRequest);
    all.add("roundTripDone");
    all.addAll(upToTheRequest);
    all.addAll(List.of("gotFirstResponseByte", "gotResponse", "putIdleConn", "roundTripDone"));
    assertThat(events.names()).isEqualTo(all);
    assertThat(roundTrips())
        .extracting(RoundTrip::reason)
        .containsExactly(RoundTripReason.FIRST, RoundTripReason.RETRY);
    assertThat(roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.FAILED);
    assertThat(roundTrips().get(0).error()).isInstanceOf(RemotelyClosedException.class);
  }

  @Test
  void aRefusedConnectionIsToldAsOftenAsItIsTried() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
    try (AsyncHttpClient client =
        asyncHttpClient(
            AsyncHttpClientTracing.create()
                .onTimeline(timelines::add)
                .install(AhcTestConfig.quick().setMaxRequestRetry(2)))) {
      assertThatThrownBy(() -> Calls.send(client, "http://127.0.0.1:" + port + "/", events.trace()))
          .isInstanceOf(ConnectException.class);
    }
    List<RoundTrip> roundTrips = timelines.take().roundTrips();

    // Whether it does depends on the version.
    assertThat(roundTrips).hasSizeBetween(1, 3);
    assertThat(roundTrips).extracting(RoundTrip::outcome).containsOnly(RoundTripOutcome.FAILED);
    assertThat(roundTrips.get(0).error()).isInstanceOf(ConnectException.class);
  }
}
