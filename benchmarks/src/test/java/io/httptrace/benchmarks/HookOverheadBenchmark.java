package io.httptrace.benchmarks;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One GET on a warm connection, with different traces. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HookOverheadBenchmark {

  /** What listens. */
  public enum Listener {
    /** Nothing. */
    NONE,
    /** A trace that overrides no hook. */
    EMPTY,
    /** A recorder of all hooks, a new one for each request. */
    RECORDER
  }

  @Param Listener listener = Listener.NONE;

  private final ClientTrace empty = new ClientTrace() {};
  private final ChildProcess server = ChildProcess.start(List.of(), BenchServer.class);
  private final TracingHttpClient client = TracingHttpClient.newHttpClient();
  private final HttpRequest plain =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.readLine() + "/")).build();

  @Setup
  public void dial() throws IOException, InterruptedException {
    get();
  }

  @TearDown
  public void close() {
    client.close();
    server.close();
  }

  @Benchmark
  public HttpResponse<byte[]> get() throws IOException, InterruptedException {
    return client.send(request(), BodyHandlers.ofByteArray());
  }

  private HttpRequest request() {
    return switch (listener) {
      case NONE -> plain;
      case EMPTY -> TracedRequest.of(plain, empty);
      case RECORDER -> TracedRequest.of(plain, new TraceRecorder());
    };
  }
}
