package io.httptrace.asynchttpclient;

import static org.asynchttpclient.Dsl.asyncHttpClient;

import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;

/** Prints what happened in a call when it is over: the program of the README. */
final class AsyncHttpClientSample {
  private AsyncHttpClientSample() {}

  static void run(String url) throws Exception {
    // @start region="program"
    DefaultAsyncHttpClientConfig.Builder config =
        AsyncHttpClientTracing.create()
            .onTimeline(timeline -> System.out.println(timeline))
            .install(new DefaultAsyncHttpClientConfig.Builder());
    try (AsyncHttpClient client = asyncHttpClient(config)) {
      client.prepareGet(url).execute().get();
    }
    // @end
  }
}
