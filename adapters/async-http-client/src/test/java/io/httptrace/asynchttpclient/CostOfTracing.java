package io.httptrace.asynchttpclient;

import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.timeline.TraceRecorder;
import io.netty.channel.Channel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Request;
import org.asynchttpclient.Response;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * What tracing costs: the CPU time that the process uses for a request on a connection that is
 * reused, its server included, in microseconds. Rounds of the ways to send take turns, so that all
 * of them have the same disturbances; the median of the rounds counts. Not a test: run {@code
 * main}.
 */
public final class CostOfTracing {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CostOfTracing() {}

  /** A client, and a handler for each call. */
  private record Way(AsyncHttpClient client, Supplier<AsyncHandler<Response>> handler) {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (PathServer site = new PathServer();
        AsyncHttpClient bare = asyncHttpClient(AhcTestConfig.quick());
        AsyncHttpClient traced =
            asyncHttpClient(AsyncHttpClientTracing.create().install(AhcTestConfig.quick()))) {
      Request request = Calls.get(site.url("/ok"));
      Map<String, Way> ways = new LinkedHashMap<>();
      ways.put("without the adapter", new Way(bare, Calls.Whole::new));
      ways.put("with it, no trace", new Way(traced, Calls.Whole::new));
      ways.put("a handler that notes", new Way(bare, Noting::new));
      ways.put("a trace without hooks", new Way(traced, () -> with(new ClientTrace() {})));
      ways.put("a TraceRecorder", new Way(traced, () -> with(new TraceRecorder())));

      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          double each = measure(way.getValue(), request, requests);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
    }
  }

  private static AsyncHandler<Response> with(ClientTrace trace) {
    return AsyncHttpClientTracing.traced(new Calls.Whole(), trace);
  }

  private static double measure(Way way, Request request, int requests) throws Exception {
    long start = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < requests; i++) {
      way.client().executeRequest(request, way.handler().get()).get();
    }
    return (SYSTEM.getProcessCpuTime() - start) / 1_000.0 / requests;
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

  /** Notes the time of each event it hears of, as a handler of an application does. */
  private static final class Noting extends AsyncCompletionHandler<Response> {
    private final List<Long> times = new ArrayList<>();

    private void note() {
      times.add(System.nanoTime());
    }

    @Override
    public void onConnectionPoolAttempt() {
      note();
    }

    @Override
    public void onConnectionPooled(Channel connection) {
      note();
    }

    @Override
    public void onRequestSend(NettyRequest request) {
      note();
    }

    @Override
    public State onHeadersWritten() {
      note();
      return super.onHeadersWritten();
    }

    @Override
    public State onStatusReceived(HttpResponseStatus status) throws Exception {
      note();
      return super.onStatusReceived(status);
    }

    @Override
    public State onBodyPartReceived(HttpResponseBodyPart content) throws Exception {
      note();
      return super.onBodyPartReceived(content);
    }

    @Override
    public void onConnectionOffer(Channel connection) {
      note();
    }

    @Override
    public @Nullable Response onCompleted(@Nullable Response response) {
      note();
      return response;
    }
  }
}
