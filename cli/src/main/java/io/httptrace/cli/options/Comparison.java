package io.httptrace.cli.options;

import java.util.List;

/**
 * What the same request is made to in turn.
 *
 * @param kind what differs
 * @param others the other URLs, for {@link Kind#URLS}
 */
public record Comparison(Kind kind, List<Target> others) {

  public Comparison {
    others = List.copyOf(others);
  }

  /** What differs from one to the next. */
  public enum Kind {
    /** Nothing: there is only one. */
    NONE,
    /** The URL. */
    URLS,
    /** The address of the server. */
    ADDRESSES,
    /** The version of HTTP. */
    PROTOCOLS
  }

  /** {@return that there is nothing to compare} */
  static Comparison none() {
    return new Comparison(Kind.NONE, List.of());
  }
}
