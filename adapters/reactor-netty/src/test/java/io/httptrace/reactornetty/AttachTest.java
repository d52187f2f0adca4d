package io.httptrace.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Where traces come from, and in which order they are called. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final ConnectionProvider provider = ConnectionProvider.create("attach", 10);
  private final List<String> called = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    provider.disposeLater().block();
    site.close();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  private HttpClient traced(ReactorNettyTracing tracing) {
    return tracing.install(HttpClient.create(provider));
  }

  private Mono<String> get(HttpClient client, String path) {
    return client.get().uri(site.url(path)).responseContent().aggregate().asString();
  }

  private static <T> Mono<T> with(ClientTrace trace, Mono<T> call) {
    return call.contextWrite(context -> context.put(ClientTrace.class, trace));
  }

  @Test
  void theTracesAreCalledInnermostFirst() {
    HttpClient client = traced(ReactorNettyTracing.create().clientTrace(config -> named("client")));

    TraceContext.current()
        .withClientTrace(named("context"))
        .run(() -> with(named("call"), get(client, "/ok")).block());

    assertThat(called).containsExactly("call", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() {
    ClientTrace once = named("once");
    HttpClient client = traced(ReactorNettyTracing.create().clientTrace(config -> once));

    TraceContext.current().withClientTrace(once).run(() -> with(once, get(client, "/ok")).block());

    assertThat(called).containsExactly("once");
  }

  @Test
  void theContextCountsWhereACallIsSubscribedToNotWhereItIsMade() {
    HttpClient client = traced(ReactorNettyTracing.create());
    List<Mono<String>> made = new CopyOnWriteArrayList<>();
    TraceContext.current().withClientTrace(named("made")).run(() -> made.add(get(client, "/ok")));

    TraceContext.current().withClientTrace(named("sent")).run(() -> made.get(0).block());

    assertThat(called).containsExactly("sent");
  }

  @Test
  void theFunctionOfTheClientSeesTheRequest() {
    HttpClient client =
        traced(
            ReactorNettyTracing.create()
                .clientTrace(config -> named(config.method() + " " + config.uri())));

    get(client, "/ok").block();

    assertThat(called).containsExactly("GET " + site.url("/ok"));
  }

  @Test
  void aFunctionThatThrowsFailsTheCall() {
    HttpClient client =
        traced(
            ReactorNettyTracing.create()
                .clientTrace(
                    config -> {
                      throw new IllegalStateException("no trace");
                    }));

    assertThatThrownBy(() -> get(client, "/ok").block()).hasMessage("no trace");
    assertThat(site.server().requests()).isEmpty();
  }

  @Test
  void eachSubscriptionIsACall() {
    HttpClient client = traced(ReactorNettyTracing.create());
    Mono<String> call = with(named("call"), get(client, "/ok"));

    call.block();
    call.block();

    assertThat(called).containsExactly("call", "call");
  }

  @Test
  void everyCallHasOneTimeline() {
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    HttpClient client =
        traced(ReactorNettyTracing.create().onTimeline(timelines::add)).followRedirect(true);
    TraceRecorder own = new TraceRecorder();

    get(client, "/ok").block();
    with(own, get(client, "/ok")).block();
    get(client, "/redirect").block();

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines)
        .extracting(timeline -> timeline.roundTrips().size())
        .containsExactly(1, 1, 2);
    assertThat(own.timeline().ended()).isTrue();
  }

  @Test
  void aUriThatIsKnownLaterIsTold() {
    TraceRecorder recorder = new TraceRecorder();
    HttpClient client = traced(ReactorNettyTracing.create());
    Mono<String> uri = Mono.fromSupplier(() -> site.url("/ok"));

    with(recorder, client.get().uri(uri).responseContent().aggregate().asString()).block();

    assertThat(recorder.timeline().roundTrips().get(0).uri(Redaction.NONE))
        .isEqualTo(site.url("/ok"));
  }

  @Test
  void aPathIsCompletedByTheBaseUrl() {
    TraceRecorder recorder = new TraceRecorder();
    HttpClient client = traced(ReactorNettyTracing.create()).baseUrl(site.url("/"));

    with(recorder, client.get().uri("/ok").responseContent().aggregate().asString()).block();

    assertThat(recorder.timeline().roundTrips().get(0).uri(Redaction.NONE))
        .isEqualTo(site.url("/ok"));
  }

  @Test
  void aDerivedClientIsTracedTooAndInstallingAgainReplaces() {
    HttpClient client = traced(ReactorNettyTracing.create().clientTrace(config -> named("first")));
    HttpClient again =
        ReactorNettyTracing.create().clientTrace(config -> named("second")).install(client);

    get(client.followRedirect(true), "/ok").block();
    get(again, "/ok").block();

    assertThat(called).containsExactly("first", "second");
  }

  @Test
  void aCallThatIsSentWhileAnotherIsReadIsOneOfItsOwn() {
    HookNames outer = new HookNames();
    HttpClient client =
        traced(
            ReactorNettyTracing.create()
                .clientTrace(
                    config -> String.valueOf(config.uri()).endsWith("/ok") ? outer.trace() : null));

    String inner =
        client
            .get()
            .uri(site.url("/ok"))
            .responseConnection(
                (response, connection) ->
                    get(client, "/empty")
                        .defaultIfEmpty("nothing")
                        .flatMap(nothing -> connection.inbound().receive().aggregate().asString()))
            .blockLast();

    assertThat(inner).isEqualTo("hello");
    assertThat(outer.recorder().timeline().roundTrips()).hasSize(1);
    assertThat(site.server().requests()).hasSize(2);
  }
}
