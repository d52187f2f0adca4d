package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import io.httptrace.timeline.TraceRecorder;

/** Prints what happened in a request when it is over: the program of the README. */
final class ArmeriaSample {
  private ArmeriaSample() {}

  static void run(String url) {
    loadClasses(url);
    // @start region="program"
    ArmeriaTracing tracing =
        ArmeriaTracing.create().onTimeline(timeline -> System.out.println(timeline));
    ClientFactory factory = tracing.install(ClientFactory.builder()).preferHttp1(true).build();
    WebClient client = tracing.install(WebClient.builder().factory(factory)).build();
    client.get(url).aggregate().join();
    // @end
    factory.close();
  }

  /** Armeria's time limits are short for a slow machine that has yet to load all classes. */
  private static void loadClasses(String url) {
    try (TestClient patient = TestClient.of(ArmeriaTracing.create())) {
      patient.get(url, new TraceRecorder());
    }
  }
}
