package io.httptrace.client.exchange;

/**
 * An exchange that failed before there was a response.
 *
 * @param error why
 * @param step what was being done
 * @param answered whether a byte of an answer had come
 * @param written whether anything of the request may have reached the server
 */
public record ExchangeFailure(Throwable error, Step step, boolean answered, boolean written) {

  /** What an exchange does, one after the other. */
  public enum Step {
    /** Writing the request. */
    WRITING("writing the request"),
    /** Waiting for the response, or reading its head. */
    AWAITING_RESPONSE("waiting for the response"),
    /** Reading the body of the response. */
    READING_BODY("reading the response body");

    private final String text;

    Step(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
