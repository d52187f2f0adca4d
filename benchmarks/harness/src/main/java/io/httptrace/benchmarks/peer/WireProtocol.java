package io.httptrace.benchmarks.peer;

import java.util.Locale;

/** How a workload speaks to the server. */
public enum WireProtocol {
  /** HTTP/1.1 in the clear. */
  H1,
  /** HTTP/1.1 over TLS. */
  H1_TLS,
  /** HTTP/2 over TLS, agreed on by ALPN. */
  H2_TLS;

  /** {@return its name where it is part of a key} */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
