package io.httptrace.conformance.error;

import java.io.IOException;

/** The source of a request body has failed, because the scenario says so. */
public final class BodyFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public BodyFailedException() {
    super("the source of the request body failed");
  }
}
