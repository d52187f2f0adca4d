package io.httptrace.samples;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.TargetConnections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads what a client's pool has, without a request. */
public final class PoolGauges {
  private PoolGauges() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      run(client, args.length > 0 ? URI.create(args[0]) : server.uri("/"));
    }
  }

  private static void run(TracingHttpClient client, URI uri)
      throws IOException, InterruptedException {
    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    // @start region="program"
    PoolSnapshot pool = client.poolSnapshot();
    System.out.println("open=" + pool.openConnections() + " waiting=" + pool.waitingRequests());
    for (TargetConnections target : pool.targets()) {
      System.out.println(target);
      target
          .connections()
          .forEach(
              connection ->
                  System.out.printf(
                      "#%d %s, open for %d ms%n",
                      connection.connection().id(),
                      connection.connection().protocol(),
                      connection.age().toMillis()));
    }
    // @end
  }
}
