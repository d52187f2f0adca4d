package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connection managers of the application in the asynchronous client. */
final class ApacheAsyncManagersTest {
  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
  private final ApacheTracing tracing =
      ApacheTracing.create().clientTrace(request -> events.trace()).onTimeline(timelines::add);

  @AfterEach
  void close() {
    site.close();
  }

  /** {@return what the timeline of the last of two requests says of the hooks} */
  private HookSupport get(HttpAsyncClientBuilder builder) throws Exception {
    HookSupport support = null;
    try (CloseableHttpAsyncClient client = builder.build()) {
      client.start();
      for (int i = 0; i < 2; i++) {
        assertThat(
                client
                    .execute(SimpleRequestBuilder.get(site.url("/ok")).build(), null)
                    .get()
                    .getCode())
            .isEqualTo(200);
        Timeline timeline = timelines.poll(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(timeline).isNotNull();
        support = timeline.hookSupport();
      }
    }
    assertThat(support).isNotNull();
    return support;
  }

  @Test
  void anotherPoolTellsAllButConnecting() throws Exception {
    PoolingAsyncClientConnectionManager own =
        PoolingAsyncClientConnectionManagerBuilder.create().build();
    HookSupport support = get(tracing.install(HttpAsyncClients.custom(), pool -> own));

    assertThat(events.names())
        .startsWith(
            "roundTripStart",
            "getConn",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone")
        .doesNotContain("connectStart");
    assertThat(support.level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(support.level(Hook.GOT_CONN)).isEqualTo(HookSupport.Level.STAMPED);
    assertThat(support.level(Hook.CONN_WAIT_START)).isEqualTo(HookSupport.Level.APPROXIMATE);
  }

  @Test
  void aManagerThatIsSetLaterIsFoundAndLogged() throws Exception {
    PoolingAsyncClientConnectionManager later =
        PoolingAsyncClientConnectionManagerBuilder.create().build();
    HookSupport support;
    try (CapturedLog log = CapturedLog.of(ApacheTracing.class)) {
      support = get(tracing.install(HttpAsyncClients.custom()).setConnectionManager(later));

      assertThat(log.messages())
          .containsExactly(
              "another connection manager was set after ApacheTracing had been installed: hooks of"
                  + " connecting and connWaitStart are not called; logged once only");
    }

    assertThat(events.names()).contains("gotConn", "putIdleConn").doesNotContain("connectStart");
    assertThat(support.level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(support.level(Hook.CONN_WAIT_START)).isEqualTo(HookSupport.Level.NEVER);
  }
}
