package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Limits the connections to a host, and sees a request wait for one. */
public final class PoolSettings {
  private PoolSettings() {}

  /**
   * Runs the sample.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = limitedClient()) {
      run(client, server);
    }
  }

  // @start region="client"
  private static TracingHttpClient limitedClient() {
    return TracingHttpClient.newBuilder()
        .maxConnectionsPerHost(1)
        .maxIdleConnectionsPerHost(1)
        .maxIdleConnections(20)
        .idleConnectionTimeout(Duration.ofSeconds(30))
        .build();
  }

  // @end

  private static void run(HttpClient client, SampleServer server) {
    // @start region="program"
    ClientTrace trace =
        ClientTrace.builder()
            .connWaitStart(reason -> System.out.println("waits: " + reason))
            .gotConn(info -> System.out.println("gets #" + info.connection().id()))
            .build();
    HttpRequest first = HttpRequest.newBuilder(server.uri("/held")).build();
    HttpRequest second = HttpRequest.newBuilder(server.uri("/")).build();

    CompletableFuture<HttpResponse<Void>> held = client.sendAsync(first, BodyHandlers.discarding());
    CompletableFuture<HttpResponse<Void>> waiting =
        client.sendAsync(TracedRequest.of(second, trace), BodyHandlers.discarding());
    server.release();
    CompletableFuture.allOf(held, waiting).join();
    // @end
  }
}
