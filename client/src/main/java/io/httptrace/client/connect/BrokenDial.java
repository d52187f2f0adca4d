package io.httptrace.client.connect;

import io.httptrace.client.netty.PlainErrors;
import java.io.IOException;

/** What is said of a dial that has failed for a reason nobody foresaw. */
final class BrokenDial {
  private BrokenDial() {}

  /**
   * {@return the failure}
   *
   * @param error what was thrown
   */
  static IOException of(Throwable error) {
    Throwable plain = PlainErrors.of(error);
    String why = plain.getMessage();
    return new IOException(
        "connecting failed unexpectedly" + (why == null ? "" : ": " + why), plain);
  }
}
