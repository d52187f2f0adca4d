package io.httptrace.client;

/** The system properties of the JDK's client that count for this one too, read when it is built. */
final class JdkProperties {
  private JdkProperties() {}

  /** {@return whether the certificate of a peer has to be for its name} */
  static boolean checksNames() {
    String disabled = System.getProperty("jdk.internal.httpclient.disableHostnameVerification");
    return disabled == null || !(disabled.isEmpty() || Boolean.parseBoolean(disabled));
  }
}
