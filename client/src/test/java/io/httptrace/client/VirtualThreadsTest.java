package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.concurrent.VirtualThreads;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Very many callers at a time, each on a thread of its own: a virtual one where the JDK has such,
 * which parks when it waits and does not keep the thread that carries it.
 */
@Tag("tls")
class VirtualThreadsTest {
  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final String OPERATION = "blockingOperation";

  /** As long as there is one the recorder has threads of its own, which are not the client's. */
  private static final Recording FIRST = new Recording();

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  @TempDir Path folder;

  @BeforeAll
  static void startRecorder() {
    FIRST.start();
  }

  @AfterAll
  static void endRecorder() {
    FIRST.close();
  }

  @Test
  void aCallerKnowsWhetherItsThreadIsVirtual() throws Exception {
    ConcurrentLinkedQueue<Boolean> seen = new ConcurrentLinkedQueue<>();
    Thread caller = VirtualCallers.thread(() -> seen.add(VirtualThreads.isCurrent()));
    caller.start();
    caller.join();

    assertThat(seen).containsExactly(VirtualCallers.exist());
    assertThat(VirtualThreads.isCurrent()).isFalse();
  }

  @Test
  void tenThousandSendsFinishAndPinNoCarrier() throws Exception {
    try (FastServer server = new FastServer();
        TracingHttpClient client =
            TracingHttpClient.newBuilder().maxConnectionsPerHost(50).build()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      assertThat(pinnedBy(10_000, client, uri)).isEmpty();
    }
  }

  @Test
  void sendsByTlsPinNoCarrier() throws Exception {
    ScriptedServer server = guard.watch(VariedServer.secureForAny());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .resolver(new FakeResolver().resolves("example.test", "127.0.0.1")::lookup)
            .maxConnectionsPerHost(20)
            .build()) {
      URI uri = URI.create("https://example.test:" + server.port() + "/");
      assertThat(pinnedBy(500, client, uri)).isEmpty();
    }
  }

  /** {@return where a thread of so many callers has kept its carrier while it waited} */
  private List<String> pinnedBy(int callers, TracingHttpClient client, URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    status(client, request);
    try (Recording recording = new Recording()) {
      if (hasEvent()) {
        recording.enable(PINNED).withoutThreshold().withStackTrace();
      }
      recording.start();
      sendOnce(callers, client, request);
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      return places(file);
    }
  }

  private static void sendOnce(int callers, TracingHttpClient client, HttpRequest request)
      throws Exception {
    // Of virtual threads there may be as many as callers; the pool starts one for each.
    ExecutorService threads =
        Executors.newFixedThreadPool(
            VirtualCallers.exist() ? callers : 200, VirtualCallers.factory());
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        all.add(threads.submit(() -> status(client, request)));
      }
      for (Future<Integer> each : all) {
        assertThat(each.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static int status(TracingHttpClient client, HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofByteArray()).statusCode();
  }

  private static boolean hasEvent() {
    return FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .anyMatch(type -> type.getName().equals(PINNED));
  }

  private static List<String> places(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(PINNED))
        .filter(event -> !isForAClass(event))
        .map(RecordedEvent::toString)
        .toList();
  }

  /** The JVM keeps the carrier of who waits until another thread has loaded or set up a class. */
  private static boolean isForAClass(RecordedEvent event) {
    boolean setUp =
        event.hasField(OPERATION)
            && String.valueOf(event.getString(OPERATION)).startsWith("Waited for initialization");
    RecordedStackTrace stack = event.getStackTrace();
    return setUp
        || (stack != null
            && stack.getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .anyMatch(type -> type.equals(ClassLoader.class.getName())));
  }
}
