package io.httptrace.conformance.http2.hpack;

/**
 * A field of a header block, as it was sent.
 *
 * @param name its name; pseudo-header fields begin with a colon
 * @param value its value
 * @param neverIndexed whether it was sent as a never-indexed literal (RFC 7541, section 6.2.3), as
 *     secrets should be
 */
public record ReceivedField(String name, String value, boolean neverIndexed) {

  /**
   * {@return a field that may be indexed}
   *
   * @param name its name
   * @param value its value
   */
  public static ReceivedField of(String name, String value) {
    return new ReceivedField(name, value, false);
  }

  /** {@return its size in a table or a header list (RFC 7541, section 4.1)} */
  int size() {
    return name.length() + value.length() + 32;
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
