package io.httptrace.client.exchange;

/** How the client names itself (RFC 9110, section 10.1.5). */
public final class UserAgent {
  /** What it says unless the caller says something else. */
  public static final String DEFAULT = "httptrace/0.1";

  private UserAgent() {}
}
