package io.httptrace.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.TraceContext;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that are traced in one JVM: httptrace's own, the JDK's by the agent, and adapters. */
class SideBySideTest {
  private static final int REQUESTS = 50;
  private static final TracedClient[] CLIENTS = TracedClient.values();

  private final ScriptedServer server = Servers.hello();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS.length);

  @AfterEach
  void close() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void eachTellsItsOwnRequestsWhileAllAreSending() throws Exception {
    CyclicBarrier all = new CyclicBarrier(CLIENTS.length);
    List<Future<Void>> sending = new ArrayList<>();
    for (TracedClient client : CLIENTS) {
      sending.add(threads.submit(() -> send(client, all)));
    }

    for (Future<Void> one : sending) {
      one.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** Each request is sent at the same time as one of each other client. */
  private Void send(TracedClient client, CyclicBarrier all) throws Exception {
    Told told = new Told();
    try (Sender sender = client.open(told)) {
      for (int page = 0; page < REQUESTS; page++) {
        String url = Servers.url(server, client, page);
        all.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(sender.get(url)).isEqualTo("hello");
        told.assertNextIs(url);
      }
      all.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      told.assertNoMore();
    }
    return null;
  }

  @Test
  void aTraceAroundABlockHearsTheRequestOfEachOnce() throws Exception {
    Map<Long, List<String>> heard = new ConcurrentHashMap<>();
    CountDownLatch done = new CountDownLatch(CLIENTS.length);
    ClientTrace trace =
        ClientTrace.builder()
            .roundTripStart(info -> hear(heard, "start " + info.uri()))
            .roundTripDone(
                info -> {
                  hear(heard, "done " + info.outcome());
                  done.countDown();
                })
            .build();
    List<List<String>> expected = new ArrayList<>();
    TraceContext.current()
        .withClientTrace(trace)
        .run(
            () -> {
              for (TracedClient client : CLIENTS) {
                String url = Servers.url(server, client, 1);
                expected.add(List.of("start " + url, "done COMPLETED"));
                try (Sender sender = client.open(timeline -> {})) {
                  assertThat(sender.get(url)).isEqualTo("hello");
                }
              }
            });

    assertThat(done.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(heard.values()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void hear(Map<Long, List<String>> heard, String what) {
    heard
        .computeIfAbsent(EventStamp.current().requestId(), id -> new CopyOnWriteArrayList<>())
        .add(what);
  }
}
