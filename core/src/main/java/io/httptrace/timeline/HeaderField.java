package io.httptrace.timeline;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A header field of a request, as it was written. */
public final class HeaderField {
  private final String name;
  private final List<String> values;

  HeaderField(String name, List<String> values) {
    this.name = requireNonNull(name, "name");
    this.values = List.copyOf(values);
  }

  /** {@return the name, spelled as it was sent} */
  public String name() {
    return name;
  }

  /**
   * {@return the values, unmodifiable} HTTP/2 reports each value of a name as a field of its own.
   *
   * @param redaction whether a secret is masked
   */
  public List<String> values(Redaction redaction) {
    return redaction.values(name, values);
  }

  /** {@return name and values, masked} */
  @Override
  public String toString() {
    return name + ": " + String.join(", ", values(Redaction.MASK_SECRETS));
  }
}
