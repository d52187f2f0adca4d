package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripOutcome;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Spring's WebClient on a client that is traced. */
final class WebClientTest {
  private final PathServer site = new PathServer();
  private final ConnectionProvider provider = ConnectionProvider.create("web", 10);
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    provider.disposeLater().block();
    site.close();
  }

  private WebClient web(ReactorNettyTracing tracing) {
    return WebClientSample.traced(tracing.install(HttpClient.create(provider)));
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  @Test
  void aTraceIsAnAttributeOfTheRequest() {
    WebClient web = web(ReactorNettyTracing.create());

    String body =
        web.get()
            .uri(site.url("/ok"))
            .attribute("trace", named("attribute"))
            .retrieve()
            .bodyToMono(String.class)
            .block();

    assertThat(body).isEqualTo("hello");
    assertThat(called).containsExactly("attribute");
  }

  @Test
  void withoutAnAttributeTheTracesOfTheContextAndTheClientAreCalled() {
    WebClient web = web(ReactorNettyTracing.create().clientTrace(config -> named("client")));

    TraceContext.current()
        .withClientTrace(named("context"))
        .run(
            () ->
                web.get()
                    .uri(site.url("/ok"))
                    .retrieve()
                    .bodyToMono(String.class)
                    .contextWrite(c -> c.put(ClientTrace.class, named("call")))
                    .block());

    assertThat(called).containsExactly("call", "context", "client");
  }

  @Test
  void eachExchangeHasATimelineThatIsNotCancelled() throws Exception {
    WebClient web = web(ReactorNettyTracing.create().onTimeline(timelines::add));

    for (String path : List.of("/ok", "/empty")) {
      web.get().uri(site.url(path)).retrieve().toBodilessEntity().block(Waiting.LIMIT);
    }

    assertNextIsCompleted();
    assertNextIsCompleted();
  }

  private void assertNextIsCompleted() throws InterruptedException {
    Timeline timeline = timelines.poll(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(timeline).isNotNull();
    assertThat(timeline.roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.COMPLETED);
  }
}
