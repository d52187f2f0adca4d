package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.time.Waiting;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A caller who waits drives its connection; whatever it does else, nobody waits for it. */
class WhoWaitsDrivesTest {
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

  @Test
  void aHookThatBlocksHoldsUpItsOwnRequestOnly() throws Exception {
    CountDownLatch blocking = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    ClientTrace blocks =
        new ClientTrace() {
          @Override
          public void gotFirstResponseByte() {
            blocking.countDown();
            try {
              enough.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      Future<Integer> held =
          caller.submit(
              () ->
                  client
                      .send(TracedRequest.of(request, blocks), BodyHandlers.ofByteArray())
                      .statusCode());
      assertThat(blocking.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 100; i++) {
        assertThat(client.send(request, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(200);
      }
      assertThat(held.isDone()).isFalse();
      enough.countDown();
      assertThat(held.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
    } finally {
      caller.shutdown();
    }
  }

  @Test
  void nothingOfNettysStaysOnTheThreadsOfCallers() throws Exception {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      List<Integer> left =
          caller
              .submit(
                  () -> {
                    List<Integer> sizes = new ArrayList<>();
                    client.send(request, BodyHandlers.ofByteArray());
                    sizes.add(FastThreadLocal.size());
                    client.sendAsync(request, BodyHandlers.ofByteArray()).get();
                    sizes.add(FastThreadLocal.size());
                    try (InputStream body =
                        client.send(request, BodyHandlers.ofInputStream()).body()) {
                      body.readAllBytes();
                    }
                    sizes.add(FastThreadLocal.size());
                    return sizes;
                  })
              .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(left).containsExactly(0, 0, 0);
    } finally {
      caller.shutdown();
    }
  }

  @Test
  void sendAndSendAsyncMayTakeTurnsOnAConnection() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      for (int i = 0; i < 500; i++) {
        assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).hasSize(100);
        assertThat(
                client
                    .sendAsync(request, BodyHandlers.ofByteArray())
                    .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .body())
            .hasSize(100);
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  /** {@return the families of the threads on which hooks of one more request run} */
  private Set<String> threadsOfHooks(TracingHttpClient client, boolean nonBlocking)
      throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ClientTrace trace =
        new ClientTrace() {
          @Override
          public boolean nonBlocking() {
            return nonBlocking;
          }

          @Override
          public void gotFirstResponseByte() {
            threads.add(Thread.currentThread().getName().replaceAll("\\d+", "N"));
          }

          @Override
          public void roundTripDone(RoundTripDoneInfo info) {
            gotFirstResponseByte();
          }
        };
    client
        .sendAsync(TracedRequest.of(request, trace), BodyHandlers.ofByteArray())
        .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    return threads;
  }

  @Test
  void hooksThatPromiseNotToBlockRunWhereThereIsNews() throws Exception {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      client.send(request, BodyHandlers.discarding());
      client
          .sendAsync(request, BodyHandlers.discarding())
          .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      // The caller may still be writing when the answer comes.
      String caller = Thread.currentThread().getName();
      assertThat(threadsOfHooks(client, true))
          .isNotEmpty()
          .isSubsetOf("httptrace-N-io-N-N", caller.replaceAll("\\d+", "N"));
      assertThat(threadsOfHooks(client, false)).containsExactly("httptrace-N-worker-N");
    }
  }

  @Test
  void aTraceThatThrowsWhenItIsAskedForThePromiseHasMadeNone() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    ClientTrace trace =
        new ClientTrace() {
          @Override
          public boolean nonBlocking() {
            throw new IllegalStateException("on purpose");
          }

          @Override
          public void gotFirstResponseByte() {
            threads.add(Thread.currentThread().getName().replaceAll("\\d+", "N"));
          }
        };
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      client
          .sendAsync(TracedRequest.of(request, trace), BodyHandlers.ofByteArray())
          .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);

      assertThat(threads).containsExactly("httptrace-N-worker-N");
    }
  }

  /** It is told on the strand of the request that could not reach the proxy. */
  @Test
  void aProxySelectorThatWaitsHoldsUpItsOwnRequestOnly() throws Exception {
    AtomicReference<TracingHttpClient> sender = new AtomicReference<>();
    CompletableFuture<Integer> sentMeanwhile = new CompletableFuture<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int refusing;
    try (ServerSocket closed = new ServerSocket(0)) {
      refusing = closed.getLocalPort();
    }
    ProxySelector selector =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(
                uri.getHost().equals("a.test")
                    ? new Proxy(Proxy.Type.HTTP, new InetSocketAddress(loopback, refusing))
                    : Proxy.NO_PROXY);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException error) {
            sentMeanwhile.complete(
                sender.get().sendAsync(request, BodyHandlers.discarding()).join().statusCode());
          }
        };
    try (TracingHttpClient client = TracingHttpClient.newBuilder().proxy(selector).build()) {
      sender.set(client);
      HttpRequest toProxy = HttpRequest.newBuilder(URI.create("http://a.test/")).build();

      assertThatThrownBy(
              () ->
                  client
                      .sendAsync(toProxy, BodyHandlers.discarding())
                      .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .hasCauseInstanceOf(ConnectException.class);
      assertThat(sentMeanwhile).isCompletedWithValue(200);
    }
  }
}
