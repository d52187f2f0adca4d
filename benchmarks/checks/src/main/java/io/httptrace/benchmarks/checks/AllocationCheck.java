package io.httptrace.benchmarks.checks;

import io.httptrace.ClientTrace;
import io.httptrace.benchmarks.server.BenchServer;
import io.httptrace.benchmarks.worker.Allocation;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;

/**
 * Checks the promise that a request without a trace allocates nothing for hooks, its dial included,
 * and prints what requests allocate with and without one. To be run with a heap that needs no
 * collection meanwhile.
 */
final class AllocationCheck {
  private static final Pattern PORT = Pattern.compile(" h1=(\\d+)");
  private static final ClientTrace EMPTY = new ClientTrace() {};

  private final HttpRequest request;

  private AllocationCheck(URI uri) {
    this.request = HttpRequest.newBuilder(uri).build();
  }

  /**
   * Runs the check.
   *
   * @param args how many requests of each kind; 20,000 if absent
   */
  public static void main(String[] args) throws IOException, InterruptedException, JMException {
    int requests = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    boolean kept;
    try (ChildProcess server = ChildProcess.start(List.of(), BenchServer.class)) {
      Matcher port = PORT.matcher(server.readLine());
      if (!port.find()) {
        throw new IllegalStateException("the server has no port");
      }
      kept =
          new AllocationCheck(URI.create("http://localhost:" + port.group(1) + "/hello"))
              .run(requests);
    }
    System.exit(kept ? 0 : 1);
  }

  private boolean run(int requests) throws IOException, InterruptedException, JMException {
    send(100, request -> request);
    long collections = HookObjects.collections();
    Map<String, Long> before = HookObjects.count();
    long untraced = send(requests, request -> request);
    Map<String, Long> added = HookObjects.added(before, HookObjects.count());
    boolean certain = HookObjects.collections() == collections;

    System.out.printf("untraced: %,d bytes/request%n", untraced);
    System.out.printf(
        "empty trace: %,d bytes/request%n",
        send(requests, request -> TracedRequest.of(request, EMPTY)));
    System.out.printf(
        "recorder: %,d bytes/request%n",
        send(requests, request -> TracedRequest.of(request, new TraceRecorder())));
    System.out.println("hook objects of untraced requests: " + added);
    if (!certain) {
      System.out.println("a collection came in between: give the process more heap");
    }
    return certain && added.isEmpty();
  }

  /** {@return how many bytes the process allocates for one request, with a client of its own} */
  private long send(int requests, UnaryOperator<HttpRequest> traced)
      throws IOException, InterruptedException {
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      long before = Allocation.bytes();
      for (int i = 0; i < requests; i++) {
        get(client, traced.apply(request));
      }
      return (Allocation.bytes() - before) / requests;
    }
  }

  private static void get(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
    if (status != 200) {
      throw new IOException("status " + status);
    }
  }
}
