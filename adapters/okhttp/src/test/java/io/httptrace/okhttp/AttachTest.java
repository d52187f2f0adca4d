package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where traces come from, and in which order they are called. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final List<String> called = new CopyOnWriteArrayList<>();

  private final List<OkHttpClient> used = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    for (OkHttpClient client : used) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
    site.close();
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  private Request request() {
    return new Request.Builder().url(site.url("/ok")).build();
  }

  private static void send(OkHttpClient client, Request request) throws IOException {
    client.newCall(request).execute().close();
    client.connectionPool().evictAll();
  }

  private static OkHttpClient traced(OkHttpTracing tracing) {
    return tracing.install(new OkHttpClient.Builder()).build();
  }

  @Test
  void theTracesAreCalledInnermostFirst() throws IOException {
    OkHttpClient client = traced(OkHttpTracing.create().clientTrace(request -> named("client")));
    Request tagged = request().newBuilder().tag(ClientTrace.class, named("request")).build();

    TraceContext.current().withClientTrace(named("context")).run(() -> send(client, tagged));

    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() throws IOException {
    ClientTrace once = named("once");
    OkHttpClient client = traced(OkHttpTracing.create().clientTrace(request -> once));
    Request tagged = request().newBuilder().tag(ClientTrace.class, once).build();

    TraceContext.current().withClientTrace(once).run(() -> send(client, tagged));

    assertThat(called).containsExactly("once");
  }

  @Test
  void anEnqueuedCallKnowsTheContextItWasSentIn() throws Exception {
    OkHttpClient client = traced(OkHttpTracing.create());

    TraceContext.current().withClientTrace(named("context")).call(() -> enqueue(client)).join();

    assertThat(called).containsExactly("context");
  }

  @Test
  void anEventListenerOfTheApplicationKeepsWorking() throws Exception {
    EventListener own =
        new EventListener() {
          @Override
          public void callStart(Call call) {
            called.add("own");
          }
        };
    OkHttpClient client =
        OkHttpTracing.create().install(new OkHttpClient.Builder().eventListener(own)).build();

    enqueue(client).join();
    TraceContext.current().withClientTrace(named("context")).call(() -> enqueue(client)).join();

    assertThat(called).containsExactly("own", "own", "context");
  }

  private CompletableFuture<Void> enqueue(OkHttpClient client) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    client
        .newCall(request())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                done.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) {
                response.close();
                done.complete(null);
              }
            });
    used.add(client);
    return done;
  }

  @Test
  void everyCallHasOneTimeline() throws IOException {
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    OkHttpClient client = traced(OkHttpTracing.create().onTimeline(timelines::add));
    TraceRecorder own = new TraceRecorder();

    send(client, request());
    send(client, request().newBuilder().tag(ClientTrace.class, own).build());
    send(client, new Request.Builder().url(site.url("/redirect")).build());

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines)
        .extracting(timeline -> timeline.roundTrips().size())
        .containsExactly(1, 1, 2);
    assertThat(own.timeline().ended()).isTrue();
  }

  @Test
  void aDerivedClientIsTracedTooAndInstallingAgainReplaces() throws IOException {
    OkHttpClient client = traced(OkHttpTracing.create().clientTrace(request -> named("first")));
    OkHttpClient derived = client.newBuilder().followRedirects(false).build();
    OkHttpClient again =
        OkHttpTracing.create()
            .clientTrace(request -> named("second"))
            .install(client.newBuilder())
            .build();

    send(derived, request());
    send(again, request());

    assertThat(called).containsExactly("first", "second");
  }
}
