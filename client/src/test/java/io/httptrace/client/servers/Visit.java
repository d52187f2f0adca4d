package io.httptrace.client.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Requests that a client has sent one after the other before it was closed. */
final class Visit {
  private final List<HttpResponse<byte[]>> responses = new ArrayList<>();
  private final List<TraceRecorder> recorders = new ArrayList<>();

  private Visit() {}

  static Visit of(TracingHttpClientBuilder builder, HttpRequest... requests)
      throws IOException, InterruptedException {
    Visit visit = new Visit();
    try (TracingHttpClient client = builder.build()) {
      for (HttpRequest request : requests) {
        TraceRecorder recorder = new TraceRecorder();
        visit.recorders.add(recorder);
        visit.responses.add(
            client.send(TracedRequest.of(request, recorder), BodyHandlers.ofByteArray()));
      }
    }
    return visit;
  }

  HttpResponse<byte[]> response(int index) {
    return responses.get(index);
  }

  /** {@return status, protocol and body of a response, the body as text} */
  String answer(int index) {
    HttpResponse<byte[]> response = responses.get(index);
    String protocol = response.version() == Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
    return response.statusCode() + " " + protocol + " " + new String(response.body(), UTF_8);
  }

  TraceRecorder recorder(int index) {
    return recorders.get(index);
  }
}
