package io.httptrace.samples;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracingHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Gives each request of a client a trace of its own, without touching the code that sends it. */
public final class TraceEveryRequest {
  private TraceEveryRequest() {}

  /**
   * Runs the sample.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (SampleServer server = SampleServer.start();
        TracingHttpClient client = tracingClient()) {
      load(client, server.uri("/a"));
      load(client, server.uri("/b"));
    }
  }

  // @start region="client"
  private static TracingHttpClient tracingClient() {
    return TracingHttpClient.newBuilder().clientTrace(TraceEveryRequest::traceOf).build();
  }

  private static ClientTrace traceOf(HttpRequest request) {
    String name = request.method() + " " + request.uri().getPath();
    return ClientTrace.builder()
        .gotConn(info -> System.out.println(name + ": reused " + info.reused()))
        .gotResponse(info -> System.out.println(name + ": status " + info.status()))
        .roundTripDone(info -> System.out.println(name + ": " + info.outcome()))
        .build();
  }

  // @end

  /** Code that knows nothing of traces. */
  private static void load(HttpClient client, URI uri) throws IOException, InterruptedException {
    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
  }
}
