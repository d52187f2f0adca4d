package io.httptrace.render;

/**
 * Which header fields of a response a picture shows.
 *
 * @see WaterfallBuilder#responseHeaders
 */
public enum HeaderDetail {
  /** None. */
  NONE,
  /**
   * At most five lines: if there are more fields, those that say what the response is, where it
   * comes from and how long it may be kept. A value that is longer than a line is cut. In answer to
   * a HEAD, all as with {@link #ALL}.
   */
  MAIN,
  /** All, each as a whole. */
  ALL
}
