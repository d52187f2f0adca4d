package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/** The head of a final response. */
public final class GotResponseInfo {
  private final int status;
  private final String protocol;
  private final Map<String, List<String>> headers;

  private GotResponseInfo(int status, String protocol, Map<String, List<String>> headers) {
    this.status = status;
    this.protocol = requireNonNull(protocol, "protocol");
    this.headers = requireNonNull(headers, "headers");
  }

  /**
   * {@return an info}
   *
   * @param status the status code
   * @param protocol see {@link #protocol()}
   * @param headers the fields; must not change any more
   */
  public static GotResponseInfo of(int status, String protocol, Map<String, List<String>> headers) {
    return new GotResponseInfo(status, protocol, headers);
  }

  /** {@return the status code} */
  public int status() {
    return status;
  }

  /**
   * {@return the protocol of the response: {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}}
   */
  public String protocol() {
    return protocol;
  }

  /** {@return the fields; unmodifiable, and not masked} */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** {@return status and protocol; the fields are left out, they may hold secrets} */
  @Override
  public String toString() {
    return "{" + status + " " + protocol + "}";
  }
}
