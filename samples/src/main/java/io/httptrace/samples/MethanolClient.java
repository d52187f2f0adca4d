package io.httptrace.samples;

import com.github.mizosoft.methanol.Methanol;
import com.github.mizosoft.methanol.MutableRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;

/** Traces what Methanol sends, a client that extends the one it is built on. */
public final class MethanolClient {
  private MethanolClient() {}

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
    TraceRecorder recorder = new TraceRecorder();
    try (TracingHttpClient tracing =
        TracingHttpClient.newBuilder().clientTrace(request -> recorder).build()) {
      Methanol client = Methanol.newBuilder(tracing).userAgent("sample/1").build();
      System.out.print(client.send(MutableRequest.GET(uri), BodyHandlers.ofString()).body());
    }
    recorder.timeline().events().forEach(event -> System.out.println(event.hook()));
    // @end
  }
}
