package io.httptrace.okhttp;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Prints what happened in a call when it is over: the program of the README. */
final class OkHttpSample {
  private OkHttpSample() {}

  static void run(String url) throws IOException {
    // @start region="program"
    OkHttpClient client =
        OkHttpTracing.create()
            .onTimeline(timeline -> System.out.println(timeline))
            .install(new OkHttpClient.Builder())
            .build();
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      response.body().string();
    }
    // @end
    client.connectionPool().evictAll();
  }
}
