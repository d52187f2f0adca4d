package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Traces all requests of a block of code, also those that it sends from other threads. */
public final class ContextAcrossExecutors {
  private ContextAcrossExecutors() {}

  /**
   * Runs the sample.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      run(client, server, executor);
    } finally {
      executor.shutdown();
    }
  }

  private static void run(HttpClient client, SampleServer server, Executor executor) {
    // @start region="program"
    ClientTrace trace =
        ClientTrace.builder()
            .roundTripStart(info -> System.out.println("traced: " + info.uri().getPath()))
            .build();
    TraceContext.current()
        .withClientTrace(trace)
        .run(
            () -> {
              fetch(client, server.uri("/same-thread")).join();

              Executor wrapped = TraceContext.current().wrap(executor);
              CompletableFuture.completedFuture(server.uri("/wrapped-executor"))
                  .thenComposeAsync(uri -> fetch(client, uri), wrapped)
                  .join();

              // Another thread has another context, unless it is taken along.
              CompletableFuture.completedFuture(server.uri("/plain-executor"))
                  .thenComposeAsync(uri -> fetch(client, uri), executor)
                  .join();
            });
    // @end
  }

  private static CompletableFuture<HttpResponse<String>> fetch(HttpClient client, URI uri) {
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
