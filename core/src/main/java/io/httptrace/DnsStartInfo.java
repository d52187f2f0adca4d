package io.httptrace;

import static java.util.Objects.requireNonNull;

/** A lookup that begins. */
public final class DnsStartInfo {
  private final String host;

  private DnsStartInfo(String host) {
    this.host = requireNonNull(host, "host");
  }

  /**
   * {@return an info}
   *
   * @param host the name that is looked up, without a port
   */
  public static DnsStartInfo of(String host) {
    return new DnsStartInfo(host);
  }

  /** {@return the name that is looked up, without a port} */
  public String host() {
    return host;
  }

  @Override
  public String toString() {
    return "{Host:" + host + "}";
  }
}
