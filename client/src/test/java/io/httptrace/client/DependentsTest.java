package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What depends on the future of {@code sendAsync} may do as it likes: nobody else waits for it. */
class DependentsTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private FastServer server;
  private HttpRequest request;

  @BeforeEach
  void start() throws Exception {
    server = new FastServer();
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static <T> T soon(CompletableFuture<T> future) throws Exception {
    return future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** {@return the status of one more response} */
  private int another(TracingHttpClient client) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * {@return a future to which something has been attached before it is complete} So that does not
   * run on the calling thread.
   */
  private <T> CompletableFuture<T> attached(
      TracingHttpClient client, Function<HttpResponse<Void>, T> dependent) {
    CountDownLatch isAttached = new CountDownLatch(1);
    ScriptedServer waiting =
        guard.watch(
            ScriptedServer.builder("waiting")
                .connections(
                    connection -> {
                      connection.readHead();
                      isAttached.await();
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                      connection.awaitPeerClose();
                    })
                .start());
    URI uri = URI.create("http://127.0.0.1:" + waiting.port() + "/");
    CompletableFuture<T> result =
        client
            .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
            .thenApply(dependent);
    isAttached.countDown();
    return result;
  }

  private void assertThatOthersAreServed(TracingHttpClient client) throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(soon(client.sendAsync(request, BodyHandlers.discarding())).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void oneThatBlocksHoldsUpNoOtherRequest() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      List<CountDownLatch> releases = new ArrayList<>();
      List<CompletableFuture<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        releases.add(release);
        all.add(
            attached(
                client,
                response -> {
                  begun.countDown();
                  await(release);
                  return true;
                }));
        await(begun);
        assertThatOthersAreServed(client);
      }
      assertThat(all).noneMatch(CompletableFuture::isDone);
      releases.forEach(CountDownLatch::countDown);
      for (CompletableFuture<Boolean> each : all) {
        assertThat(soon(each)).isTrue();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** In a pool with fewer threads they would wait for ever. */
  @Test
  void manyMayWaitForEachOther() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      CountDownLatch all = new CountDownLatch(20);
      List<CompletableFuture<Boolean>> futures = new ArrayList<>();
      while (futures.size() < 20) {
        futures.add(
            attached(
                client,
                response -> {
                  all.countDown();
                  await(all);
                  return true;
                }));
      }
      assertThat(soon(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)))).isNull();
    }
  }

  @Test
  void oneThatThrowsFailsItsOwnFutureOnly() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      CompletableFuture<Object> failed =
          attached(
              client,
              response -> {
                throw new LinkageError("on purpose");
              });

      assertThat(failed)
          .failsWithin(Waiting.LIMIT)
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(LinkageError.class);
      assertThatOthersAreServed(client);
    }
  }

  @Test
  void oneThatRunsOnAndOnHoldsUpNoOtherRequest() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      AtomicBoolean served = new AtomicBoolean();
      CompletableFuture<Boolean> busy =
          attached(
              client,
              response -> {
                while (!served.get()) {
                  Thread.onSpinWait();
                }
                return true;
              });
      try {
        assertThatOthersAreServed(client);
      } finally {
        served.set(true);
      }
      assertThat(soon(busy)).isTrue();
    }
  }

  @Test
  void oneMaySendAndWait() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      CompletableFuture<Integer> status = attached(client, response -> another(client));

      assertThat(soon(status)).isEqualTo(200);
    }
  }

  @Test
  void oneMayWaitForAnother() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      CompletableFuture<Integer> status =
          attached(
              client,
              response -> client.sendAsync(request, BodyHandlers.discarding()).join().statusCode());

      assertThat(soon(status)).isEqualTo(200);
    }
  }

  @Test
  void oneMayReadTheBody() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Integer> length =
            client
                .sendAsync(request, BodyHandlers.ofInputStream())
                .thenApply(response -> read(response.body()));
        assertThat(soon(length)).isEqualTo(100);
      }
    }
  }

  private static int read(InputStream body) {
    try (body) {
      return body.readAllBytes().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oneMayCloseTheClient() throws Exception {
    TracingHttpClient client = TracingHttpClient.newHttpClient();
    CompletableFuture<Boolean> closed =
        attached(
            client,
            response -> {
              client.close();
              return client.isTerminated();
            });

    assertThat(soon(closed)).isTrue();
  }

  /** What they send goes out together, but not only when the one that waits is through. */
  @Test
  void thoseOnOneHttp2ConnectionMaySendAndWait() throws Exception {
    Http2Service service = Http2Service.answering(asked -> Http2Answer.ok("hello"));
    ScriptedServer peer =
        guard.watch(
            ScriptedServer.builder("http2")
                .connections(service.secured(ServerTls.with(TestCertificate.GOOD)))
                .start());
    HttpRequest secure =
        HttpRequest.newBuilder(URI.create("https://example.test:" + peer.port() + "/")).build();
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup)
            .build()) {
      soon(client.sendAsync(secure, BodyHandlers.discarding()));
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(
            client
                .sendAsync(secure, BodyHandlers.discarding())
                .thenCompose(response -> client.sendAsync(secure, BodyHandlers.discarding()))
                .thenApply(
                    response ->
                        client.sendAsync(secure, BodyHandlers.discarding()).join().statusCode()));
      }
      for (CompletableFuture<Integer> each : all) {
        assertThat(soon(each)).isEqualTo(200);
      }
    }
  }
}
