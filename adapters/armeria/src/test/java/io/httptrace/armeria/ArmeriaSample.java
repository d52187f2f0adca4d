package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;

/** Prints what happened in a request when it is over: the program of the README. */
final class ArmeriaSample {
  private ArmeriaSample() {}

  static void run(String url) {
    // @start region="program"
    ArmeriaTracing tracing =
        ArmeriaTracing.create().onTimeline(timeline -> System.out.println(timeline));
    ClientFactory factory = tracing.install(ClientFactory.builder()).preferHttp1(true).build();
    WebClient client = tracing.install(WebClient.builder().factory(factory)).build();
    client.get(url).aggregate().join();
    // @end
    factory.close();
  }
}
