package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.asynchttpclient.filter.ThrottleRequestFilter;
import org.asynchttpclient.handler.TransferCompletionHandler;
import org.asynchttpclient.handler.TransferListener;
import org.asynchttpclient.handler.resumable.ResumableAsyncHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where traces come from, in which order they are called, and which handlers can have one. */
final class AttachTest {
  private final PathServer site = new PathServer();
  private final List<String> called = new CopyOnWriteArrayList<>();
  private final List<AsyncHttpClient> clients = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AsyncHttpClient client : clients) {
      client.close();
    }
    site.close();
  }

  private AsyncHttpClient client(DefaultAsyncHttpClientConfig.Builder config) {
    AsyncHttpClient made = asyncHttpClient(config);
    clients.add(made);
    return made;
  }

  private AsyncHttpClient client(AsyncHttpClientTracing tracing) {
    return client(tracing.install(AhcTestConfig.quick().setFollowRedirect(true)));
  }

  private ClientTrace named(String name) {
    return ClientTrace.builder().getConn(hostPort -> called.add(name)).build();
  }

  @Test
  void theTracesAreCalledInnermostFirst() throws Exception {
    AsyncHttpClient client =
        client(AsyncHttpClientTracing.create().clientTrace(request -> named("client")));

    TraceContext.current()
        .withClientTrace(named("context"))
        .call(() -> Calls.send(client, site.url("/ok"), named("request")));

    assertThat(called).containsExactly("request", "context", "client");
  }

  @Test
  void aTraceThatIsRegisteredTwiceIsCalledOnce() throws Exception {
    ClientTrace once = named("once");
    AsyncHttpClient client = client(AsyncHttpClientTracing.create().clientTrace(request -> once));

    TraceContext.current()
        .withClientTrace(once)
        .call(() -> Calls.send(client, site.url("/ok"), once));

    assertThat(called).containsExactly("once");
  }

  @Test
  void everyWayToExecuteIsTraced() throws Exception {
    AsyncHttpClient client =
        client(AsyncHttpClientTracing.create().clientTrace(request -> named("client")));

    client.prepareGet(site.url("/ok")).execute().get();
    client.prepareGet(site.url("/ok")).execute(new Calls.Whole()).get();
    client.executeRequest(Calls.get(site.url("/ok"))).get();
    client.executeRequest(Calls.get(site.url("/ok")), new Calls.Whole()).get();
    client.executeRequest(Calls.get(site.url("/ok")).toBuilder()).get();

    assertThat(called).hasSize(5);
  }

  @Test
  void everyCallHasOneTimeline() throws Exception {
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    AsyncHttpClient client = client(AsyncHttpClientTracing.create().onTimeline(timelines::add));
    TraceRecorder own = new TraceRecorder();

    Calls.send(client, site.url("/ok"));
    Calls.send(client, site.url("/ok"), own);
    Calls.send(client, site.url("/redirect"));

    assertThat(timelines).hasSize(3).allMatch(Timeline::ended);
    assertThat(timelines)
        .extracting(timeline -> timeline.roundTrips().size())
        .containsExactly(1, 1, 2);
    assertThat(own.timeline().ended()).isTrue();
  }

  @Test
  void installingAgainReplaces() throws Exception {
    DefaultAsyncHttpClientConfig.Builder config = AhcTestConfig.quick();
    AsyncHttpClientTracing.create().clientTrace(request -> named("first")).install(config);
    AsyncHttpClientTracing.create().clientTrace(request -> named("second")).install(config);

    Calls.send(client(config), site.url("/ok"));

    assertThat(called).containsExactly("second");
  }

  @Test
  void aTraceIsFoundThroughAFilterThatWrapsHandlers() throws Exception {
    ThrottleRequestFilter throttle = new ThrottleRequestFilter(1);
    AsyncHttpClient client =
        client(
            AsyncHttpClientTracing.create()
                .install(AhcTestConfig.quick().addRequestFilter(throttle)));

    Calls.send(client, site.url("/ok"), named("one"));
    Calls.send(client, site.url("/ok"), named("two"));

    assertThat(called).containsExactly("one", "two");
  }

  @Test
  void aHandlerThatIsToldOfItsHeadersStillIs() throws Exception {
    TransferCompletionHandler transfer = new TransferCompletionHandler(true);
    transfer.addTransferListener(new Told());
    AsyncHttpClient client = client(AsyncHttpClientTracing.create());

    Calls.send(
        client,
        Calls.get(site.url("/ok")),
        AsyncHttpClientTracing.traced(transfer, named("transfer")));

    assertThat(called).containsExactly("transfer", "sent host", "received 5", "completed");
  }

  private final class Told implements TransferListener {
    @Override
    public void onRequestHeadersSent(io.netty.handler.codec.http.HttpHeaders headers) {
      called.add("sent " + (headers.contains("Host") ? "host" : "nothing"));
    }

    @Override
    public void onResponseHeadersReceived(io.netty.handler.codec.http.HttpHeaders headers) {}

    @Override
    public void onBytesReceived(byte[] bytes) {
      called.add("received " + bytes.length);
    }

    @Override
    public void onBytesSent(long amount, long current, long total) {}

    @Override
    public void onRequestResponseCompleted() {
      called.add("completed");
    }

    @Override
    public void onThrowable(Throwable t) {
      called.add("failed");
    }
  }

  @Test
  void aHandlerThatResumesADownloadStillDoes() throws Exception {
    AsyncHttpClient client = client(AsyncHttpClientTracing.create());
    ResumableAsyncHandler resuming = new ResumableAsyncHandler(3);

    Calls.send(
        client,
        Calls.get(site.url("/ok")),
        AsyncHttpClientTracing.traced(resuming, named("resumed")));

    assertThat(called).containsExactly("resumed");
    assertThat(site.server().requests().get(0).values("range")).containsExactly("bytes=3-");
  }

  @Test
  void aTraceThatNobodyTakesIsLoggedOnce() throws Exception {
    AsyncHttpClient plain = client(AhcTestConfig.quick());

    try (CapturedLog log = CapturedLog.of(AsyncHttpClientTracing.class)) {
      assertThat(Calls.send(plain, site.url("/ok"), named("none")).getStatusCode()).isEqualTo(200);
      assertThat(Calls.send(plain, site.url("/ok"), named("none")).getStatusCode()).isEqualTo(200);
      assertThat(log.messages()).hasSize(1).first().asString().contains("install");
    }
    assertThat(called).isEmpty();
  }
}
