package io.httptrace.reactornetty;

import reactor.netty.http.client.HttpClient;

/** Prints what happened in a call when it is over: the program of the README. */
final class ReactorSample {
  private ReactorSample() {}

  static void run(String url) {
    // @start region="program"
    HttpClient client =
        ReactorNettyTracing.create()
            .onTimeline(timeline -> System.out.println(timeline))
            .install(HttpClient.create());
    String body = client.get().uri(url).responseContent().aggregate().asString().block();
    // @end
    if (body == null) {
      throw new AssertionError("no body");
    }
  }
}
