package io.httptrace.render;

import io.httptrace.timeline.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * What is said above the bars.
 *
 * @param redaction whether secrets are masked
 * @param explainsLast whether to say why the last round trip failed, if it did
 * @param requestHeaders whether to show the header fields of the request
 * @param responseHeaders which of the response; null for all if the head alone was asked for, and
 *     otherwise none
 */
record FactSettings(
    Redaction redaction,
    boolean explainsLast,
    boolean requestHeaders,
    @Nullable HeaderDetail responseHeaders) {

  /**
   * {@return which fields of a response to show}
   *
   * @param headOnly whether the head alone was asked for: who does that wants to see it
   */
  HeaderDetail responseHeaders(boolean headOnly) {
    if (headOnly && responseHeaders != HeaderDetail.NONE) {
      return HeaderDetail.ALL;
    }
    return responseHeaders == null ? HeaderDetail.NONE : responseHeaders;
  }
}
