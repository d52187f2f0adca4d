package io.httptrace.jetty;

import org.eclipse.jetty.client.HttpClient;

/** Prints what happened in a call when it is over: the program of the README. */
final class JettySample {
  private JettySample() {}

  static void run(String url) throws Exception {
    // @start region="program"
    HttpClient client =
        JettyTracing.create()
            .onTimeline(timeline -> System.out.println(timeline))
            .install(new HttpClient());
    client.start();
    client.GET(url);
    // @end
    client.stop();
  }
}
