package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.Resolver;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Resolves names from a table of the application's. */
public final class OwnResolver {
  private OwnResolver() {}

  /**
   * Runs the sample.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start()) {
      run(server.uri("stock.internal", "/"));
    }
  }

  private static void run(URI uri) throws IOException, InterruptedException {
    // @start region="program"
    Map<String, InetAddress> table = Map.of("stock.internal", InetAddress.getLoopbackAddress());
    Resolver resolver =
        host ->
            table.containsKey(host)
                ? CompletableFuture.completedFuture(List.of(table.get(host)))
                : CompletableFuture.failedFuture(new UnknownHostException(host));

    ClientTrace trace =
        ClientTrace.builder()
            .dnsStart(info -> System.out.println("looks up " + info.host()))
            .dnsDone(info -> System.out.println("found " + info.addrs()))
            .build();
    HttpRequest request = TracedRequest.of(HttpRequest.newBuilder(uri).build(), trace);
    try (TracingHttpClient client = TracingHttpClient.newBuilder().resolver(resolver).build()) {
      client.send(request, BodyHandlers.discarding());
    }
    // @end
  }
}
