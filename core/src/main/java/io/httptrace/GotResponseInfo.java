package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The head of a final response. */
public final class GotResponseInfo {
  private final int status;
  private final String protocol;
  private final @Nullable Supplier<Map<String, List<String>>> collector;
  private volatile @Nullable Map<String, List<String>> headers;

  private GotResponseInfo(
      int status,
      String protocol,
      @Nullable Map<String, List<String>> headers,
      @Nullable Supplier<Map<String, List<String>>> collector) {
    this.status = status;
    this.protocol = requireNonNull(protocol, "protocol");
    this.headers = headers;
    this.collector = collector;
  }

  /**
   * {@return an info}
   *
   * @param status the status code
   * @param protocol see {@link #protocol()}
   * @param headers the fields; must not change any more
   */
  public static GotResponseInfo of(int status, String protocol, Map<String, List<String>> headers) {
    return new GotResponseInfo(status, protocol, requireNonNull(headers, "headers"), null);
  }

  /**
   * {@return an info whose fields are collected when {@link #headers()} is called}
   *
   * @param status the status code
   * @param protocol see {@link #protocol()}
   * @param collector returns the fields, which must not change any more; called on the thread that
   *     asks, and possibly more than once, with the same result
   */
  public static GotResponseInfo collecting(
      int status, String protocol, Supplier<Map<String, List<String>>> collector) {
    return new GotResponseInfo(status, protocol, null, requireNonNull(collector, "collector"));
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
    Map<String, List<String>> known = headers;
    if (known == null) {
      known = requireNonNull(requireNonNull(collector).get(), "headers");
      headers = known;
    }
    return known;
  }

  /** {@return status and protocol; the fields are left out, they may hold secrets} */
  @Override
  public String toString() {
    return "{" + status + " " + protocol + "}";
  }
}
