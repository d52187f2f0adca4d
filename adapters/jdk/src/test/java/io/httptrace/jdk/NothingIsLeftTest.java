package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many requests that end in every way: none stays open, and nothing is remembered of them. */
class NothingIsLeftTest {
  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 20;
  private static final int CANCELLED_EACH = 10;
  private static final int ENDED_EACH = 10;
  private static final long GC_INTERVAL_MILLIS = 500;

  @RegisterExtension final LeakGuard leaks = new LeakGuard();

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Set<Progress> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();

  @Test
  void tenThousandRequestsThatAreAnsweredCancelledAndFailedLeaveNothing() throws Exception {
    JdkTracing tracing = JdkTracing.installed().orElseThrow();
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ScriptedServer server = leaks.watch(Servers.with(this::answers));
    int failed = withClient(URI.create("http://127.0.0.1:" + server.port() + "/"));

    // One that was cancelled may have begun after all others had ended.
    awaitsThat(() -> begun.get() == ended.get() && open.isEmpty());
    assertThat(begun).hasValueGreaterThan(REQUESTS / 2);
    assertThat(failed).as("requests that the server did not answer").isPositive();
    assertThat(server.problems()).isEmpty();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().endsWith("SelectorManager")) {
        awaitsEndOf(thread);
      }
    }
    awaitsThat(
        () -> {
          System.gc();
          return tracing.installation().remembered() == 0;
        });
  }

  /** The client is known here only: JDK 17 ends its selector's thread once it is collected. */
  private int withClient(URI target) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(executor).build();
    int failed;
    try {
      failed = sendsAll(client, target);
      awaitsThat(() -> begun.get() == ended.get() && open.isEmpty());
    } finally {
      Clients.close(client);
      executor.shutdown();
    }
    assertThat(executor.awaitTermination(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return failed;
  }

  private static void awaitsEndOf(Thread selector) throws InterruptedException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (selector.isAlive()) {
      assertThat(System.nanoTime() - end).as("%s goes on", selector).isNegative();
      System.gc();
      selector.join(GC_INTERVAL_MILLIS);
    }
  }

  private int sendsAll(HttpClient client, URI target) throws Exception {
    int failed = 0;
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      HttpRequest request = HttpRequest.newBuilder(target).build();
      CompletableFuture<HttpResponse<String>> future =
          client.sendAsync(
              JdkTracing.traced(request, new Progress(i % CANCELLED_EACH == 0)),
              BodyHandlers.ofString());
      if (i % CANCELLED_EACH == 0) {
        future.cancel(true);
      } else {
        sent.add(future);
      }
      if (sent.size() == AT_ONCE || i == REQUESTS - 1) {
        for (CompletableFuture<HttpResponse<String>> each : sent) {
          failed += failsOf(each);
        }
        sent.clear();
      }
    }
    return failed;
  }

  private static int failsOf(CompletableFuture<HttpResponse<String>> future) throws Exception {
    try {
      assertThat(future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      return 0;
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(IOException.class);
      return 1;
    }
  }

  /** Ends each tenth connection: after an answer, instead of one, with a reset, within one. */
  private void answers(ServerConnection connection) throws Exception {
    while (true) {
      connection.readRequest();
      int number = answered.incrementAndGet();
      int way = number % ENDED_EACH == 0 ? number / ENDED_EACH % 4 : -1;
      if (way == 2) {
        connection.reset();
        return;
      }
      if (way == 3) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
      } else if (way != 1) {
        connection.send(Servers.ok("hello"));
      }
      if (way >= 0) {
        connection.close(); // a script that only returns leaves the connection open
        return;
      }
    }
  }

  private void awaitsThat(BooleanSupplier condition) {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited in vain; open: %s", open).isNegative();
      Thread.onSpinWait();
    }
  }

  /** How far a call has come. */
  private final class Progress implements ClientTrace {
    private final boolean cancelled;
    private volatile String last = "";

    Progress(boolean cancelled) {
      this.cancelled = cancelled;
    }

    @Override
    public void roundTripStart(RoundTripStartInfo info) {
      begun.incrementAndGet();
      open.add(this);
      last = "begun, " + info.reason();
    }

    @Override
    public void gotConn(GotConnInfo info) {
      last = "gotConn, reused: " + info.reused();
    }

    @Override
    public void wroteRequest(WroteRequestInfo info) {
      last = "wroteRequest";
    }

    @Override
    public void gotResponse(GotResponseInfo info) {
      last = "gotResponse";
    }

    @Override
    public void roundTripDone(RoundTripDoneInfo info) {
      open.remove(this);
      ended.incrementAndGet();
    }

    @Override
    public String toString() {
      return last + (cancelled ? ", cancelled" : "");
    }
  }
}
