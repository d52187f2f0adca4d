package io.httptrace.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a program prints. Programs run one at a time, for there is one standard output. */
final class Output {
  private Output() {}

  interface Program {
    void run() throws Exception;
  }

  /** {@return the lines a program prints on standard output} */
  static List<String> of(Program program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8).lines().toList();
  }
}
