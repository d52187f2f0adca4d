package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where traces come from, and in which order they are called. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final List<String> called = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    site.close();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  @Test
  void theTracesAreCalledInnermostFirst() throws IOException {
    ApacheTracing tracing = ApacheTracing.create().clientTrace(request -> named("client"));
    try (ClassicClient client = new ClassicClient(tracing)) {
      TraceContext.current()
          .withClientTrace(named("context"))
          .run(() -> client.get(site.url("/ok"), named("request")));
    }

    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() throws IOException {
    ClientTrace once = named("once");
    ApacheTracing tracing = ApacheTracing.create().clientTrace(request -> once);
    try (ClassicClient client = new ClassicClient(tracing)) {
      TraceContext.current().withClientTrace(once).run(() -> client.get(site.url("/ok"), once));
    }

    assertThat(called).containsExactly("once");
  }

  @Test
  void theContextOfARequestCanBeUsedAgain() throws IOException {
    try (ClassicClient client = new ClassicClient(ApacheTracing.create())) {
      HttpClientContext context = ClassicClient.context(named("request"));
      for (int i = 0; i < 2; i++) {
        client
            .client()
            .execute(
                ClassicClient.get(site.url("/ok")),
                context,
                response -> EntityUtils.toString(response.getEntity()));
      }
      context.removeAttribute(ApacheTracing.CLIENT_TRACE);
      client
          .client()
          .execute(
              ClassicClient.get(site.url("/ok")),
              context,
              response -> EntityUtils.toString(response.getEntity()));
    }

    assertThat(called).containsExactly("request", "request");
  }

  @Test
  void anAttributeOfAnotherTypeIsAnError() throws IOException {
    try (ClassicClient client = new ClassicClient(ApacheTracing.create())) {
      HttpClientContext context = HttpClientContext.create();
      context.setAttribute(ApacheTracing.CLIENT_TRACE, "a trace");

      assertThatThrownBy(
              () ->
                  client
                      .client()
                      .execute(ClassicClient.get(site.url("/ok")), context, response -> null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the attribute io.httptrace.ClientTrace is not a ClientTrace but a java.lang.String");
    }
  }

  @Test
  void everyRequestHasOneTimeline() throws IOException {
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    TraceRecorder own = new TraceRecorder();
    try (ClassicClient client =
        new ClassicClient(ApacheTracing.create().onTimeline(timelines::add))) {
      client.get(site.url("/ok"), null);
      client.get(site.url("/ok"), own);
      client.get(site.url("/redirect"), null);
    }

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines)
        .extracting(timeline -> timeline.roundTrips().size())
        .containsExactly(1, 1, 2);
    assertThat(own.timeline().ended()).isTrue();
  }

  @Test
  void installingAgainReplaces() throws IOException {
    HttpClientBuilder builder =
        ApacheTracing.create().clientTrace(request -> named("first")).install(HttpClients.custom());
    ApacheTracing.create().clientTrace(request -> named("second")).install(builder);
    try (CloseableHttpClient client = builder.build()) {
      client.execute(ClassicClient.get(site.url("/ok")), response -> null);
    }

    assertThat(called).containsExactly("second");
  }
}
