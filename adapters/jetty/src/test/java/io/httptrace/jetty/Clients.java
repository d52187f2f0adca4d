package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/** Starts clients, and stops them all in the end. */
final class Clients implements AutoCloseable {
  private final List<HttpClient> started = new ArrayList<>();

  HttpClient start(JettyTracing tracing) throws Exception {
    return start(tracing.install(new HttpClient()));
  }

  HttpClient start(HttpClient client) throws Exception {
    started.add(client);
    client.start();
    return client;
  }

  static Request with(Request request, ClientTrace trace) {
    return request.attribute(JettyTracing.CLIENT_TRACE, trace);
  }

  @Override
  public void close() {
    for (HttpClient client : started) {
      try {
        client.stop();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
