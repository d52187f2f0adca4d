package io.httptrace.samples;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Counts a client's connections, and says why each was closed. */
public final class ConnectionMetrics {
  private ConnectionMetrics() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start()) {
      run(args.length > 0 ? URI.create(args[0]) : server.uri("/"));
    }
  }

  private static void run(URI uri) throws IOException, InterruptedException {
    // @start region="program"
    ConnectionListener metrics =
        new ConnectionListener() {
          @Override
          public void connectionOpened(PooledConnectionInfo connection) {
            System.out.println("opened: " + connection.target());
          }

          @Override
          public void connectionClosed(
              PooledConnectionInfo connection, ConnectionCloseReason reason) {
            long requests = connection.connection().requestsBefore();
            System.out.println("closed: " + reason + " after " + requests + " requests");
          }

          @Override
          public void waitEnded(ConnectionWaitInfo wait) {
            System.out.println("queued: " + wait.reason() + " for " + wait.duration());
          }
        };
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().connectionListener(metrics).build()) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
    // @end
  }
}
