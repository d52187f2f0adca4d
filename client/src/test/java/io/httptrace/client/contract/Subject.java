package io.httptrace.client.contract;

import io.httptrace.client.TracingHttpClient;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A client whose behaviour is looked at. */
enum Subject {
  /**
   * The JDK's own client: what it does is right by definition, except where a test says why not.
   */
  JDK {
    @Override
    HttpClient.Builder newBuilder() {
      return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    }
  },
  /** The client of this project. */
  HTTPTRACE {
    @Override
    HttpClient.Builder newBuilder() {
      return TracingHttpClient.newBuilder();
    }
  };

  abstract HttpClient.Builder newBuilder();

  static Stream<Subject> ofJdk21() {
    return Runtime.version().feature() >= 21 ? Stream.of(values()) : Stream.of(HTTPTRACE);
  }

  /** {@return each case with both clients, which come first} */
  static Stream<Arguments> each(Stream<Arguments> cases) {
    return cases.flatMap(
        one ->
            Stream.of(values())
                .map(
                    subject -> {
                      Object[] given = one.get();
                      Object[] all = new Object[given.length + 1];
                      all[0] = subject;
                      System.arraycopy(given, 0, all, 1, given.length);
                      return Arguments.of(all);
                    }));
  }
}
