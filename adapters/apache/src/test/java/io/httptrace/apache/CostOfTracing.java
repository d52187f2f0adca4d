package io.httptrace.apache;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/**
 * What tracing costs: the CPU time that the calling thread and those of the client use for a
 * request on a connection that is reused, in microseconds. Rounds of the ways to send take turns,
 * so that all of them have the same disturbances; the median of the rounds counts. Not a test: run
 * {@code main}.
 */
public final class CostOfTracing {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CostOfTracing() {}

  /**
   * Measures, and prints a line for each way.
   *
   * @param args how many rounds, and how many requests in each; 15 of 1,000 without
   */
  public static void main(String... args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (PathServer site = new PathServer()) {
      Map<String, Way> ways = ways(site.url("/ok"));
      Map<String, List<Double>> micros = new LinkedHashMap<>();
      for (int round = -5; round < rounds; round++) { // the first five warm up
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          double each = measure(way.getValue(), requests);
          if (round >= 0) {
            micros.computeIfAbsent(way.getKey(), w -> new ArrayList<>()).add(each);
          }
        }
      }
      micros.forEach(CostOfTracing::print);
      for (Way way : ways.values()) {
        way.close();
      }
    }
  }

  private static Map<String, Way> ways(String url) {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("classic, without the adapter", new Classic(HttpClients.custom(), url, () -> null));
    ways.put("classic, with it, no trace", new Classic(traced(), url, () -> null));
    ways.put("classic, Http1StreamListener", new Classic(listening(), url, () -> null));
    ways.put("classic, trace without hooks", new Classic(traced(), url, EmptyTrace::new));
    ways.put("classic, TraceRecorder", new Classic(traced(), url, TraceRecorder::new));
    ways.put("async, without the adapter", new Async(HttpAsyncClients.custom(), url, () -> null));
    ways.put("async, with it, no trace", new Async(tracedAsync(), url, () -> null));
    ways.put("async, interceptors", new Async(intercepted(), url, () -> null));
    ways.put("async, trace without hooks", new Async(tracedAsync(), url, EmptyTrace::new));
    ways.put("async, TraceRecorder", new Async(tracedAsync(), url, TraceRecorder::new));
    return ways;
  }

  private static HttpClientBuilder traced() {
    return ApacheTracing.create().install(HttpClients.custom());
  }

  private static HttpAsyncClientBuilder tracedAsync() {
    return ApacheTracing.create().install(HttpAsyncClients.custom());
  }

  private static HttpClientBuilder listening() {
    return HttpClients.custom()
        .setRequestExecutor(new HttpRequestExecutor(Http1Config.DEFAULT, null, new Listener()));
  }

  private static HttpAsyncClientBuilder intercepted() {
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    return HttpAsyncClients.custom()
        .addRequestInterceptorLast((request, entity, context) -> times.add(System.nanoTime()))
        .addResponseInterceptorLast(
            (response, entity, context) -> {
              times.add(System.nanoTime());
              times.clear();
            });
  }

  private static double measure(Way way, int requests) throws Exception {
    way.send();
    long start = way.cpuNanos();
    for (int i = 0; i < requests; i++) {
      way.send();
    }
    return (way.cpuNanos() - start) / 1_000.0 / requests;
  }

  private static void print(String way, List<Double> micros) {
    List<Double> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    System.out.printf(
        "%-29s %6.1f us (%.1f to %.1f)%n",
        way,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() / 4),
        sorted.get(sorted.size() * 3 / 4));
  }

  /** One way to send a request and to read its response. */
  private interface Way extends AutoCloseable {
    void send() throws Exception;

    /** {@return the CPU time of all threads that it uses, so far} */
    long cpuNanos();

    @Override
    void close() throws IOException;
  }

  private static final class Classic implements Way {
    private final CloseableHttpClient client;
    private final String url;
    private final Supplier<? extends @Nullable ClientTrace> traces;

    Classic(
        HttpClientBuilder builder, String url, Supplier<? extends @Nullable ClientTrace> traces) {
      this.client = builder.build();
      this.url = url;
      this.traces = traces;
    }

    @Override
    public void send() throws Exception {
      client.execute(
          ClassicClient.get(url),
          ClassicClient.context(traces.get()),
          response -> EntityUtils.toString(response.getEntity()));
    }

    @Override
    public long cpuNanos() {
      return THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private static final class Async implements Way {
    private final CloseableHttpAsyncClient client;
    private final String url;
    private final Supplier<? extends @Nullable ClientTrace> traces;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    Async(
        HttpAsyncClientBuilder builder,
        String url,
        Supplier<? extends @Nullable ClientTrace> traces) {
      this.client =
          builder
              .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
              .setThreadFactory(this::thread)
              .build();
      this.url = url;
      this.traces = traces;
      client.start();
    }

    private Thread thread(Runnable work) {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      threads.add(thread);
      return thread;
    }

    @Override
    public void send() throws Exception {
      client
          .execute(SimpleRequestBuilder.get(url).build(), ClassicClient.context(traces.get()), null)
          .get();
    }

    @Override
    public long cpuNanos() {
      long sum = THREADS.getCurrentThreadCpuTime();
      for (Thread thread : threads) {
        sum += THREADS.getThreadCpuTime(thread.getId());
      }
      return sum;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private static final class EmptyTrace implements ClientTrace {}

  /** Notes the time of each event it hears of, as a listener of an application does. */
  private static final class Listener implements Http1StreamListener {
    private final List<Long> times = new ArrayList<>();

    @Override
    public void onRequestHead(HttpConnection connection, HttpRequest request) {
      times.add(System.nanoTime());
    }

    @Override
    public void onResponseHead(HttpConnection connection, HttpResponse response) {
      times.add(System.nanoTime());
    }

    @Override
    public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {
      times.clear();
    }
  }
}
