package io.httptrace.apache;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Prints what happened in a request when it is over: the program of the README. */
final class ApacheSample {
  private ApacheSample() {}

  static void run(String url) throws IOException {
    // @start region="program"
    ApacheTracing tracing = ApacheTracing.create().onTimeline(t -> System.out.println(t));
    try (CloseableHttpClient client = tracing.install(HttpClients.custom()).build()) {
      client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
    }
    // @end
  }
}
