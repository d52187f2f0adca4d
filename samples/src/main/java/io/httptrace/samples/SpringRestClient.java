package io.httptrace.samples;

import io.httptrace.TraceContext;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.TraceRecorder;
import java.net.URI;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Traces what Spring's {@code RestClient} sends. */
public final class SpringRestClient {
  private SpringRestClient() {}

  /**
   * Runs the sample.
   *
   * @param args a URL; without one, a server on loopback is asked
   */
  public static void main(String... args) throws Exception {
    try (SampleServer server = SampleServer.start()) {
      run(args.length > 0 ? URI.create(args[0]) : server.uri("/"));
    }
  }

  private static void run(URI uri) throws Exception {
    // @start region="program"
    TraceRecorder recorder = new TraceRecorder();
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      RestClient rest =
          RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(client)).build();
      String body =
          TraceContext.current()
              .withClientTrace(recorder)
              .call(() -> rest.get().uri(uri).retrieve().body(String.class));
      System.out.print(body);
    }
    recorder.timeline().events().forEach(event -> System.out.println(event.hook()));
    // @end
  }
}
