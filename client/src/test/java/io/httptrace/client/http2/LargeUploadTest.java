package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.ReceivedHeaders;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that opens its windows once, wide, and then says nothing until it has all. */
class LargeUploadTest {
  private static final int SIZE = 1 << 20;
  private static final int WINDOW = 4 << 20;

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private ScriptedServer server() throws Exception {
    return guard.watch(
        ScriptedServer.builder("wide windows")
            .connections(
                connection -> {
                  ScriptedHttp2Connection http2 =
                      ScriptedHttp2Connection.over(connection).withoutGrants();
                  http2.begin(Http2Settings.none().initialWindowSize(WINDOW));
                  http2.send(Frame.windowUpdate(0, WINDOW));
                  http2.awaitSettingsAck();
                  ReceivedHeaders first = http2.awaitRequest();
                  http2.respond(first.stream(), 200, "go on");
                  ReceivedHeaders upload = http2.awaitRequest();
                  int length = http2.readBody(upload).length;
                  http2.respond(upload.stream(), 200, "got " + length);
                })
            .start());
  }

  private static HttpRequest.Builder to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  private void uploads(BodyPublisher body, Executor executor) throws Exception {
    try (ScriptedServer server = server();
        TracingHttpClient client =
            TracingHttpClient.newBuilder().http2PriorKnowledge(true).executor(executor).build()) {
      client.send(to(server).build(), BodyHandlers.discarding());
      HttpResponse<String> response =
          client
              .sendAsync(to(server).POST(body).build(), BodyHandlers.ofString())
              .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(response.body()).isEqualTo("got " + SIZE);
    }
  }

  /** Gives the whole body in one buffer, as soon as it is asked. */
  private static BodyPublisher inOneBuffer() {
    return BodyPublishers.fromPublisher(
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  private boolean given;

                  @Override
                  public void request(long count) {
                    if (!given) {
                      given = true;
                      subscriber.onNext(ByteBuffer.allocate(SIZE));
                      subscriber.onComplete();
                    }
                  }

                  @Override
                  public void cancel() {}
                }),
        SIZE);
  }

  @Test
  void aBodyInOneLargeBufferIsSentToItsEnd() throws Exception {
    uploads(inOneBuffer(), ForkJoinPool.commonPool());
  }

  @Test
  void aBodyInMemoryIsSentToItsEnd() throws Exception {
    uploads(BodyPublishers.ofByteArray(new byte[SIZE]), ForkJoinPool.commonPool());
  }

  @Test
  void aBodyWhosePublisherRunsAtOnceIsSentToItsEnd() throws Exception {
    uploads(inOneBuffer(), Runnable::run);
    uploads(
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[SIZE])),
        Runnable::run);
  }
}
