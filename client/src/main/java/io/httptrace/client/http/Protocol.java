package io.httptrace.client.http;

import java.net.http.HttpClient.Version;

/** The protocols a connection can speak, and where exchanges differ by them. */
public enum Protocol {
  /** RFC 9112. */
  HTTP_1_1("HTTP/1.1", Version.HTTP_1_1),
  /** RFC 9113. */
  HTTP_2("HTTP/2", Version.HTTP_2);

  private final String text;
  private final Version version;

  Protocol(String text, Version version) {
    this.text = text;
    this.version = version;
  }

  /** {@return its name, as hooks are told it} */
  public String text() {
    return text;
  }

  /**
   * {@return the version of a response}
   *
   * @param text the protocol that the response names; what a server makes of HTTP/1 counts as
   *     HTTP/1.1, as in the JDK's client
   */
  public static Version versionOf(String text) {
    return text.equals(HTTP_2.text) ? HTTP_2.version : HTTP_1_1.version;
  }

  /**
   * {@return whether the head of a request begins with pseudo-header fields, and has all names in
   * lower case (RFC 9113, section 8.3)} Otherwise it begins with a request line.
   */
  public boolean hasPseudoFields() {
    return this == HTTP_2;
  }

  /**
   * {@return whether every response 100 is told by {@code got100Continue}, after {@code
   * got1xxResponse}, and lets the body go only then} Otherwise the first one is, before it, and if
   * it has been asked for. Both are Go's.
   */
  public boolean informsBeforeContinue() {
    return this == HTTP_2;
  }

  /** {@return whether a request that may not wait for 100 does not even tell that it waits} */
  public boolean skipsContinueWithoutLimit() {
    return this == HTTP_2;
  }

  /** {@return whether {@code putIdleConn} tells what becomes of a connection after an exchange} */
  public boolean tellsPutIdleConn() {
    return this == HTTP_1_1;
  }
}
