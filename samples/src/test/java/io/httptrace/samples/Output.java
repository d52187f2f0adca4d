package io.httptrace.samples;

import io.httptrace.conformance.log.CapturedOutput;
import java.util.List;

/** What a program prints. Programs run one at a time, for there is one standard output. */
final class Output {
  private Output() {}

  interface Program {
    void run() throws Exception;
  }

  /** {@return the lines a program prints on standard output} */
  static List<String> of(Program program) throws Exception {
    try (CapturedOutput printed = new CapturedOutput()) {
      program.run();
      return printed.text().lines().toList();
    }
  }
}
