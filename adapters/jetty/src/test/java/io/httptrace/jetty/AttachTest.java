package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where traces come from, and in which order they are called. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();
  private final List<String> called = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  private void get(HttpClient client) throws Exception {
    assertThat(client.GET(site.url("/ok")).getStatus()).isEqualTo(200);
  }

  @Test
  void theTracesAreCalledInnermostFirst() throws Exception {
    HttpClient client =
        clients.start(JettyTracing.create().clientTrace(request -> named("client")));
    Request request = Clients.with(client.newRequest(site.url("/ok")), named("request"));

    TraceContext.current().withClientTrace(named("context")).call(request::send);

    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() throws Exception {
    ClientTrace once = named("once");
    HttpClient client = clients.start(JettyTracing.create().clientTrace(request -> once));
    Request request = Clients.with(client.newRequest(site.url("/ok")), once);

    TraceContext.current().withClientTrace(once).call(request::send);

    assertThat(called).containsExactly("once");
  }

  @Test
  void aRequestKnowsTheContextItWasSentIn() throws Exception {
    HttpClient client = clients.start(JettyTracing.create());
    Request request = client.newRequest(site.url("/ok"));

    CompletableFuture<ContentResponse> sent =
        TraceContext.current()
            .withClientTrace(named("context"))
            .call(() -> new CompletableResponseListener(request).send());
    sent.join();

    assertThat(called).containsExactly("context");
  }

  @Test
  void aRedirectHasTheTracesOfItsCall() throws Exception {
    HttpClient client = clients.start(JettyTracing.create().clientTrace(r -> named("client")));

    Clients.with(client.newRequest(site.url("/redirect")), named("request")).send();

    assertThat(called).containsExactly("request", "client", "request", "client");
  }

  @Test
  void listenersAndAResolverOfTheApplicationKeepWorking() throws Exception {
    HttpClient client = new HttpClient();
    client.setSocketAddressResolver(
        (host, port, context, promise) -> {
          called.add("resolver");
          new SocketAddressResolver.Sync().resolve(host, port, context, promise);
        });
    clients.start(JettyTracing.create().onTimeline(t -> called.add("timeline")).install(client));
    client
        .newRequest(site.url("/ok"))
        .onRequestQueued(request -> called.add("queued"))
        .onRequestSuccess(request -> called.add("sent"))
        .onResponseHeader((response, field) -> called.add(field.getName()))
        .onResponseHeaders(response -> called.add("headers"))
        .onComplete(result -> called.add("complete"))
        .send();

    assertThat(called)
        .contains("queued", "resolver", "sent")
        .containsSubsequence("Content-Length", "headers", "timeline", "complete");
  }

  @Test
  void everyCallHasOneTimeline() throws Exception {
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    HttpClient client = clients.start(JettyTracing.create().onTimeline(timelines::add));
    TraceRecorder own = new TraceRecorder();

    client.GET(site.url("/ok"));
    Clients.with(client.newRequest(site.url("/ok")), own).send();
    client.GET(site.url("/redirect"));

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines)
        .extracting(timeline -> timeline.roundTrips().size())
        .containsExactly(1, 1, 2);
    assertThat(own.timeline().ended()).isTrue();
  }

  @Test
  void aClientThatIsStartedAgainIsTracedAgain() throws Exception {
    HttpClient client = clients.start(JettyTracing.create().clientTrace(r -> named("client")));
    get(client);
    client.stop();
    client.start();
    get(client);

    assertThat(called).containsExactly("client", "client");
  }

  @Test
  void installingAgainReplaces() throws Exception {
    HttpClient client = clients.start(JettyTracing.create().clientTrace(r -> named("first")));
    get(client);
    JettyTracing.create().clientTrace(request -> named("second")).install(client);
    get(client);

    assertThat(called).containsExactly("first", "second");
  }

  @Test
  void aClientThatRunsIsRefused() throws Exception {
    HttpClient client = clients.start(new HttpClient());

    assertThatThrownBy(() -> JettyTracing.create().install(client))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the client has been started");
  }
}
