package io.httptrace.client;

import java.time.Duration;

/** The system properties of the JDK's client that this one uses too, read when it is built. */
final class JdkProperties {
  private JdkProperties() {}

  /** {@return how long a connection may be idle} */
  static Duration idleTimeout(Duration otherwise) {
    int seconds = positive("jdk.httpclient.keepalive.timeout");
    return seconds == 0 ? otherwise : Duration.ofSeconds(seconds);
  }

  /** {@return how many idle connections are kept} */
  static int maxIdleConnections(int otherwise) {
    int max = positive("jdk.httpclient.connectionPoolSize");
    return max == 0 ? otherwise : max;
  }

  /** {@return how many informational responses may precede a final one, 0 for any number} */
  static int maxInformationalResponses(int otherwise) {
    return Math.max(0, Integer.getInteger("jdk.httpclient.maxNonFinalResponses", otherwise));
  }

  /** {@return how large the head of a response may be} */
  static int maxResponseHeaderBytes(int otherwise) {
    int max = positive("jdk.http.maxHeaderSize");
    return max == 0 ? otherwise : max;
  }

  private static int positive(String name) {
    return Math.max(0, Integer.getInteger(name, 0));
  }

  /** {@return whether a peer's certificate is checked for its name} */
  static boolean checksNames() {
    String disabled = System.getProperty("jdk.internal.httpclient.disableHostnameVerification");
    return disabled == null || !(disabled.isEmpty() || Boolean.parseBoolean(disabled));
  }
}
