package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Writes JSON (RFC 8259), for what is exported beside {@linkplain TimelineJson timelines}.
 *
 * <p>Control characters and halves of surrogate pairs are escaped, so the text is valid, and does a
 * terminal no harm, whatever a peer has sent.
 */
public final class Json {
  private Json() {}

  /**
   * {@return an object, on one line, without blanks}
   *
   * @param members its members, in their order: null, a text, a boolean, a number, a map with texts
   *     as keys, or an iterable of these
   * @throws IllegalArgumentException if JSON has no form for one of them
   */
  public static String toJson(Map<String, ?> members) {
    return new JsonWriter().value(requireNonNull(members, "members")).toString();
  }
}
