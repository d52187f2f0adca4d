package io.httptrace.conformance.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** What is printed while it is captured, and after. */
final class CapturedOutputTest {

  @Test
  void whatIsPrintedIsCapturedUntilTheEnd() {
    PrintStream before = System.out;
    CapturedOutput printed;
    try (CapturedOutput open = new CapturedOutput()) {
      printed = open;
      System.out.print("µ");
      System.out.write('s');
      assertThat(open.text()).isEqualTo("µs");
    }

    assertThat(System.out).isSameAs(before);
    assertThat(printed.text()).isEqualTo("µs");
  }

  @Test
  void whatAnotherThreadPrintsCanBeWaitedFor() throws InterruptedException {
    Gate asked = new Gate();
    try (CapturedOutput printed = new CapturedOutput()) {
      Thread other =
          new Thread(
              () -> {
                System.out.print("first ");
                wait(asked);
                System.out.print("second ");
              });
      other.start();
      assertThat(printed.await("first")).isEqualTo("first ");
      asked.open();
      assertThat(printed.await("second")).isEqualTo("first second ");
      other.join(Waiting.LIMIT.toMillis());
    }
  }

  private static void wait(Gate gate) {
    try {
      gate.await(Waiting.LIMIT);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
