package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.Clients;
import com.linecorp.armeria.client.HttpClient;
import com.linecorp.armeria.client.RestClient;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where traces come from, and in which order they are called. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    site.close();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  private TestClient client(ArmeriaTracing tracing) {
    TestClient client = TestClient.of(tracing);
    opened.add(client);
    return client;
  }

  @Test
  void theTracesAreCalledInnermostFirst() {
    TestClient client = client(ArmeriaTracing.create().clientTrace(ctx -> named("client")));

    TraceContext.current()
        .withClientTrace(named("context"))
        .run(() -> client.get(site.url("/ok"), named("request")));

    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() {
    ClientTrace once = named("once");
    TestClient client = client(ArmeriaTracing.create().clientTrace(ctx -> once));

    TraceContext.current().withClientTrace(once).run(() -> client.get(site.url("/ok"), once));

    assertThat(called).containsExactly("once");
  }

  @Test
  void theFunctionOfTheClientSeesTheRequest() {
    TestClient client =
        client(
            ArmeriaTracing.create()
                .clientTrace(ctx -> ctx.path().equals("/traced") ? named("traced") : null));

    client.get(site.url("/ok"), null);
    client.get(site.url("/traced"), null);

    assertThat(called).containsExactly("traced");
  }

  /** A client that follows redirects runs its decorators on an event loop. */
  @Test
  void theContextIsTakenAlongToTheEventLoop() {
    ArmeriaTracing tracing = ArmeriaTracing.create();
    TestClient client = TestClient.of(tracing, WebClientBuilder::followRedirects);
    opened.add(client);

    TraceContext.current()
        .withClientTrace(named("context"))
        .run(() -> client.get(site.url("/redirect"), null));

    assertThat(called).containsExactly("context", "context");
  }

  @Test
  void everyRequestHasOneTimeline() throws InterruptedException {
    BlockingQueue<Timeline> timelines = new LinkedBlockingQueue<>();
    TestClient client =
        TestClient.of(
            ArmeriaTracing.create().onTimeline(timelines::add), WebClientBuilder::followRedirects);
    opened.add(client);
    TraceRecorder own = new TraceRecorder();

    client.get(site.url("/ok"), null);
    assertThat(roundTrips(timelines)).isEqualTo(1);
    client.get(site.url("/ok"), own);
    assertThat(roundTrips(timelines)).isEqualTo(1);
    client.get(site.url("/redirect"), null);
    assertThat(roundTrips(timelines)).isEqualTo(2);

    assertThat(own.timeline().ended()).isTrue();
    assertThat(timelines).isEmpty();
  }

  private static int roundTrips(BlockingQueue<Timeline> timelines) throws InterruptedException {
    Timeline timeline = timelines.poll(1, TimeUnit.MINUTES);
    assertThat(timeline).isNotNull();
    assertThat(timeline.ended()).isTrue();
    return timeline.roundTrips().size();
  }

  @Test
  void clientsOfOtherKindsAreTracedToo() {
    ArmeriaTracing tracing = ArmeriaTracing.create().clientTrace(ctx -> named("client"));
    ClientFactory factory =
        tracing
            .install(ClientFactory.builder())
            .preferHttp1(true)
            .connectTimeout(Duration.ofSeconds(60))
            .build();
    opened.add(factory);

    RestClient rest =
        tracing
            .install(
                RestClient.builder(site.url(""))
                    .factory(factory)
                    .responseTimeoutMillis(0)
                    .writeTimeoutMillis(0))
            .build();
    rest.get("/ok").execute(String.class).handle((entity, failure) -> null).join();
    HttpClient http =
        tracing.install(Clients.builder(site.url("")).factory(factory)).build(HttpClient.class);
    assertThat(http).isNotNull();
    WebClient decorated =
        WebClient.builder(site.url(""))
            .factory(factory)
            .responseTimeoutMillis(0)
            .writeTimeoutMillis(0)
            .decorator(tracing.newDecorator())
            .build();
    AggregatedHttpResponse response = decorated.blocking().get("/ok");

    assertThat(response.contentUtf8()).isEqualTo("hello");
    assertThat(called).containsExactly("client", "client");
  }

  @Test
  void anAttributeOfAPreparedRequestCounts() {
    TestClient client = client(ArmeriaTracing.create());

    client
        .client()
        .prepare()
        .get(site.url("/ok"))
        .attr(ArmeriaTracing.CLIENT_TRACE, named("request"))
        .execute()
        .aggregate()
        .join();

    assertThat(called).containsExactly("request");
  }

  @Test
  void optionsOfTheApplicationKeepWorking() {
    ArmeriaTracing tracing = ArmeriaTracing.create();
    ClientFactoryOptions own =
        ClientFactoryOptions.of(
            ClientFactoryOptions.CHANNEL_PIPELINE_CUSTOMIZER.newValue(
                pipeline -> called.add("customizer")),
            ClientFactoryOptions.PREFER_HTTP1.newValue(true));
    TestClient client =
        TestClient.of(tracing, tracing.install(ClientFactory.builder(), own), builder -> {});
    opened.add(client);

    client.get(site.url("/ok"), named("request"));

    assertThat(called).containsExactly("request", "customizer");
    assertThat(client.factory().options().preferHttp1()).isTrue();
  }

  @Test
  void aResolverThatCannotBeKeptIsRefused() {
    ArmeriaTracing tracing = ArmeriaTracing.create();

    assertThatThrownBy(
            () ->
                tracing.install(
                    ClientFactory.builder().domainNameResolverCustomizer(resolver -> {})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("domainNameResolverCustomizer");
  }

  @Test
  void whatIsNoUriForTheJdkIsTracedToo() {
    TestClient client = client(ArmeriaTracing.create());

    client
        .client()
        .execute(HttpRequest.of(RequestHeaders.of(HttpMethod.GET, site.url("/a?b=%7B{}"))))
        .aggregate()
        .join();

    assertThat(called).isEmpty();
  }
}
