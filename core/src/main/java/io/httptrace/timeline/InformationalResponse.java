package io.httptrace.timeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A response of status 100 to 199, except 101, that came before the final one. */
public final class InformationalResponse {
  private final long at;
  private final int code;
  private final Map<String, List<String>> headers;

  InformationalResponse(long at, int code, Map<String, List<String>> headers) {
    this.at = at;
    this.code = code;
    this.headers = headers;
  }

  /** {@return when it came, from the start of the timeline} */
  public Duration at() {
    return Duration.ofNanos(at);
  }

  /** {@return its status code} */
  public int code() {
    return code;
  }

  /**
   * {@return its header fields, unmodifiable}
   *
   * @param redaction whether secrets are masked
   */
  public Map<String, List<String>> headers(Redaction redaction) {
    return redaction.headers(headers);
  }

  /** {@return status and header fields, masked} */
  @Override
  public String toString() {
    return code + " " + headers(Redaction.MASK_SECRETS);
  }
}
