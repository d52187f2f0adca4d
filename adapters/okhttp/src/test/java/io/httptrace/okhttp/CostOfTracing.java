package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What tracing costs: the CPU time that the calling thread uses for a request on a connection that
 * is reused, in microseconds. Rounds of the ways to send take turns, so that all of them have the
 * same disturbances; the median of the rounds counts. Not a test: run {@code main}.
 */
public final class CostOfTracing {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CostOfTracing() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) throws IOException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (PathServer site = new PathServer()) {
      Request plain = new Request.Builder().url(site.url("/ok")).build();
      OkHttpClient bare = new OkHttpClient();
      OkHttpClient traced = OkHttpTracing.create().install(new OkHttpClient.Builder()).build();
      OkHttpClient listening =
          new OkHttpClient.Builder().eventListenerFactory(call -> new Listener()).build();
      Map<String, Supplier<Call>> ways = new LinkedHashMap<>();
      ways.put("without the adapter", () -> bare.newCall(plain));
      ways.put("with it, no trace", () -> traced.newCall(plain));
      ways.put("an EventListener of OkHttp", () -> listening.newCall(plain));
      ways.put("a trace without hooks", () -> traced.newCall(with(plain, new ClientTrace() {})));
      ways.put("a TraceRecorder", () -> traced.newCall(with(plain, new TraceRecorder())));

      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Supplier<Call>> way : ways.entrySet()) {
          double each = measure(way.getValue(), requests);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
      for (OkHttpClient client : List.of(bare, traced, listening)) {
        client.connectionPool().evictAll();
      }
    }
  }

  private static Request with(Request request, ClientTrace trace) {
    return request.newBuilder().tag(ClientTrace.class, trace).build();
  }

  private static double measure(Supplier<Call> calls, int requests) throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < requests; i++) {
      try (Response response = calls.get().execute()) {
        response.body().bytes();
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1_000.0 / requests;
  }

  private static void print(String way, List<Double> micros) {
    List<Double> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    System.out.printf(
        "%-28s %6.1f us (%.1f to %.1f)%n",
        way,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4));
  }

  /** Notes the time of each event it hears of, as a listener of an application does. */
  private static final class Listener extends EventListener {
    private final List<Long> times = new ArrayList<>();

    private void note() {
      times.add(System.nanoTime());
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      note();
    }

    @Override
    public void requestHeadersStart(Call call) {
      note();
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
      note();
    }

    @Override
    public void responseHeadersStart(Call call) {
      note();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      note();
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      note();
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      note();
    }

    @Override
    public void callEnd(Call call) {
      note();
    }
  }
}
