package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connection managers of the application: what is still told, and what is said of the rest. */
final class ManagersTest {
  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();
  private final ApacheTracing tracing =
      ApacheTracing.create().clientTrace(request -> events.trace()).onTimeline(timelines::add);

  @AfterEach
  void close() {
    site.close();
  }

  private void get(HttpClientBuilder builder) throws IOException {
    try (CloseableHttpClient client = builder.build()) {
      for (int i = 0; i < 2; i++) {
        client.execute(
            ClassicClient.get(site.url("/ok")),
            response -> EntityUtils.toString(response.getEntity()));
      }
    }
  }

  private HookSupport.Level level(Hook hook) {
    HookSupport support = timelines.get(timelines.size() - 1).hookSupport();
    assertThat(support).isNotNull();
    return support.level(hook);
  }

  @Test
  void anotherPoolTellsAllButConnecting() throws IOException {
    PoolingHttpClientConnectionManager own =
        PoolingHttpClientConnectionManagerBuilder.create().build();
    get(tracing.install(HttpClients.custom(), pool -> own));

    assertThat(events.names())
        .containsExactly(
            "roundTripStart",
            "getConn",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone",
            "roundTripStart",
            "getConn",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
    assertThat(level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(level(Hook.GOT_CONN)).isEqualTo(HookSupport.Level.EXACT);
  }

  @Test
  void aManagerWithoutAPoolDoesToo() throws IOException {
    get(tracing.install(HttpClients.custom(), pool -> new BasicHttpClientConnectionManager()));

    assertThat(events.names()).contains("gotConn", "putIdleConn").doesNotContain("connectStart");
    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
  }

  @Test
  void aManagerThatIsSetLaterIsFoundAndLogged() throws IOException {
    HttpClientConnectionManager later = PoolingHttpClientConnectionManagerBuilder.create().build();
    try (CapturedLog log = CapturedLog.of(ApacheTracing.class)) {
      get(tracing.install(HttpClients.custom()).setConnectionManager(later));

      assertThat(log.messages())
          .containsExactly(
              "another connection manager was set after ApacheTracing had been installed: most"
                  + " hooks are not called; logged once only");
    }

    assertThat(timelines).hasSize(2).allMatch(Timeline::ended);
    assertThat(level(Hook.GOT_CONN)).isEqualTo(HookSupport.Level.NEVER);
    assertThat(events.names())
        .startsWith("roundTripStart", "getConn", "gotResponse", "roundTripDone");
  }

  @Test
  void oneThatIsDecoratedKeepsItsHooks() throws IOException {
    get(tracing.install(HttpClients.custom(), pool -> new Decorated(pool.build())));

    assertThat(events.names()).contains("connectStart", "connectDone", "gotConn", "putIdleConn");
    assertThat(level(Hook.CONNECT_START)).isEqualTo(HookSupport.Level.EXACT);
  }

  @Test
  void noManagerIsAnError() {
    assertThatNullPointerException()
        .isThrownBy(() -> tracing.install(HttpClients.custom(), pool -> null))
        .withMessage("manager returned null");
  }
}
