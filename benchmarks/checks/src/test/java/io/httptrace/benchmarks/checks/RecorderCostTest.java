package io.httptrace.benchmarks.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.timeline.TraceRecorder;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a recorder allocates, as the JVM counts it: without the infos, which a client makes. */
class RecorderCostTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REQUESTS = 1_000;

  private static final SocketAddress ADDRESS = new InetSocketAddress(80);
  private static final RoundTripStartInfo START =
      RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"));
  private static final GotConnInfo CONN =
      GotConnInfo.of(
          ConnectionInfo.of(7, ADDRESS, ADDRESS, "HTTP/1.1", null, 3), true, true, Duration.ZERO);
  private static final GotResponseInfo RESPONSE = GotResponseInfo.of(200, "HTTP/1.1", Map.of());
  private static final RoundTripDoneInfo DONE =
      RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, ByteCounts.NONE, null);
  private static final WroteRequestInfo WRITTEN = WroteRequestInfo.of(null);
  private static final List<String> VALUE = List.of("value");

  @Test
  void aRequestOnAConnectionFromThePoolTakesHalfAKilobyte() {
    assertThat(bytesOfOne(() -> request(new TraceRecorder()))).isLessThan(512);
  }

  @Test
  void aHookOfATraceThatKeepsNothingTakesNothing() {
    ClientTrace empty = new ClientTrace() {};
    assertThat(bytesOfOne(() -> request(empty))).isLessThan(16);
  }

  /** The average, since the JVM may at any time do something of its own on the thread. */
  private static long bytesOfOne(Runnable request) {
    run(request);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    run(request);
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
  }

  private static void run(Runnable request) {
    for (int i = 0; i < REQUESTS; i++) {
      request.run();
    }
  }

  private static void request(ClientTrace trace) {
    long at = System.nanoTime();
    EventStamp.enter(at, 1, 0);
    trace.roundTripStart(START);
    trace.getConn("a.test:80");
    EventStamp.exit();
    EventStamp.enter(at + 3_000, 1, 7);
    trace.gotConn(CONN);
    EventStamp.exit();
    EventStamp.enter(at + 30_000, 1, 7);
    trace.wroteHeaderField("Host", VALUE);
    trace.wroteHeaderField("User-Agent", VALUE);
    trace.wroteHeaderField("Accept-Encoding", VALUE);
    trace.wroteHeaders();
    trace.wroteRequest(WRITTEN);
    EventStamp.exit();
    EventStamp.enter(at + 900_000, 1, 7);
    trace.gotFirstResponseByte();
    trace.gotResponse(RESPONSE);
    EventStamp.exit();
    EventStamp.enter(at + 910_000, 1, 7);
    trace.putIdleConn(null);
    trace.roundTripDone(DONE);
    EventStamp.exit();
  }
}
