package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the errors of the JDK's client mean. */
final class ErrorsTest {

  /** As the client wraps it when it has begun to read the body. */
  @Test
  void aReadThatTheSubscriberHasCancelledHasNotFailed() {
    IOException cancelled = new IOException("subscription cancelled");

    assertThat(Errors.endedBySubscriber(cancelled)).isTrue();
    assertThat(
            Errors.endedBySubscriber(
                new IOException("fixed content-length: 1000000, bytes received: 16340", cancelled)))
        .isTrue();
  }

  @Test
  void aReadThatFindsTheEndTooEarlyHasFailed() {
    assertThat(
            Errors.endedBySubscriber(
                new IOException(
                    "fixed content-length: 1000000, bytes received: 16340",
                    new EOFException("EOF reached while reading"))))
        .isFalse();
    assertThat(Errors.endedBySubscriber(new IOException((String) null))).isFalse();
  }
}
