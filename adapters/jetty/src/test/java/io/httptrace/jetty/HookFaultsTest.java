package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.ClientTraceBuilder;
import io.httptrace.Hook;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks that throw, and hooks that block. */
final class HookFaultsTest {
  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  private int send(HttpClient client, ClientTrace trace) throws Exception {
    return Clients.with(client.newRequest(site.url("/redirect")), trace).send().getStatus();
  }

  private HttpClient withTimelines() throws Exception {
    return clients.start(JettyTracing.create().onTimeline(timelines::add));
  }

  @Test
  void aHookThatThrowsIsLoggedOnceAndHarmsNothing() throws Exception {
    Set<String> thrown = ConcurrentHashMap.newKeySet();
    ClientTrace faulty =
        EveryHook.of(
            hook -> {
              thrown.add(hook);
              throw new AssertionError(hook);
            });

    HttpClient plain = clients.start(JettyTracing.create());
    HttpClient client = withTimelines();
    try (CapturedLog log = CapturedLog.of(JettyTracing.class)) {
      assertThat(send(plain, faulty)).isEqualTo(200);
      assertThat(send(plain, faulty)).isEqualTo(200);
      assertThat(log.messages())
          .hasSize(thrown.size())
          .allMatch(m -> m.endsWith("logged once only"));
      assertThat(send(client, faulty)).isEqualTo(200);
    }

    assertThat(thrown).contains(Hook.ROUND_TRIP_START.methodName(), Hook.CONNECT_DONE.methodName());
    assertThat(timelines).hasSize(1).allMatch(Timeline::ended);
  }

  @Test
  void aConsumerOfTimelinesThatThrowsIsLoggedOnce() throws Exception {
    HttpClient client =
        clients.start(
            JettyTracing.create()
                .onTimeline(
                    timeline -> {
                      throw new IllegalStateException("no");
                    }));

    try (CapturedLog log = CapturedLog.of(JettyTracing.class)) {
      client.GET(site.url("/ok"));
      client.GET(site.url("/ok"));
      assertThat(log.messages()).hasSize(1);
    }
  }

  /** A hook of each kind: those of Jetty's thread for all connections are among them. */
  enum Blocking {
    GET_CONN,
    CONNECT_START,
    CONNECT_DONE,
    WROTE_HEADERS,
    GOT_FIRST_RESPONSE_BYTE,
    ROUND_TRIP_DONE;

    ClientTrace trace(Runnable hook) {
      ClientTraceBuilder builder = ClientTrace.builder();
      return switch (this) {
        case GET_CONN -> builder.getConn(hostPort -> hook.run()).build();
        case CONNECT_START -> builder.connectStart((network, address) -> hook.run()).build();
        case CONNECT_DONE -> builder.connectDone((network, address, e) -> hook.run()).build();
        case WROTE_HEADERS -> builder.wroteHeaders(hook).build();
        case GOT_FIRST_RESPONSE_BYTE -> builder.gotFirstResponseByte(hook).build();
        case ROUND_TRIP_DONE -> builder.roundTripDone(info -> hook.run()).build();
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHookThatBlocksHoldsUpItsCallOnly(Blocking hook) throws Exception {
    HttpClient client = withTimelines();
    BlockingHook blocking = new BlockingHook();
    Thread blocked =
        new Thread(
            () -> {
              try {
                send(client, hook.trace(blocking));
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    blocked.start();
    blocking.awaitCall();

    assertThat(send(client, ClientTrace.builder().build())).isEqualTo(200);

    assertThat(timelines).hasSize(1);
    blocking.release();
    blocked.join();
    assertThat(timelines).hasSize(2);
  }
}
