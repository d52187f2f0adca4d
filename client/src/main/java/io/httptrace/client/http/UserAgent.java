package io.httptrace.client.http;

/** How the client names itself (RFC 9110, section 10.1.5). */
public final class UserAgent {
  /** What it says unless it is told something else. */
  public static final String DEFAULT = "httptrace/0.1";

  private UserAgent() {}

  /** {@return whether a text can be sent; that is not to say that it has the form of one} */
  public static boolean isValid(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }
}
