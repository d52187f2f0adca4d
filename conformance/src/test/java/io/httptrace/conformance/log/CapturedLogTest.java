package io.httptrace.conformance.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What a class logs while it is captured, and after. */
final class CapturedLogTest {
  private final Logger logger = Logger.getLogger(CapturedLogTest.class.getName());

  @Test
  void allThatIsLoggedIsCapturedWhateverItsLevel() {
    try (CapturedLog log = CapturedLog.of(CapturedLogTest.class)) {
      logger.log(Level.FINEST, "first");
      logger.log(Level.WARNING, "second", new IllegalStateException("late"));
      Logger.getLogger(String.class.getName()).fine("of another class");

      assertThat(log.lines())
          .containsExactly("FINEST first", "WARNING second: java.lang.IllegalStateException: late");
      assertThat(log.messages()).containsExactly("first", "second");
      assertThat(log.thrown()).containsExactly("late");
    }
  }

  @Test
  void theLoggerIsAsBeforeOnceTheCaptureHasEnded() {
    logger.setLevel(Level.SEVERE);
    CapturedLog log = CapturedLog.of(CapturedLogTest.class);
    log.close();
    logger.warning("not captured, and below the level");

    assertThat(log.lines()).isEmpty();
    assertThat(logger.getLevel()).isEqualTo(Level.SEVERE);
    assertThat(logger.getHandlers()).isEmpty();
    assertThat(logger.getUseParentHandlers()).isTrue();
    logger.setLevel(null);
  }

  @Test
  void whoLogsToAFaultyHandlerGetsAnError() {
    try (CapturedLog log = CapturedLog.throwing(CapturedLogTest.class)) {
      assertThatExceptionOfType(LinkageError.class).isThrownBy(() -> logger.info("one"));
      assertThat(log.messages()).containsExactly("one");
    }
  }
}
