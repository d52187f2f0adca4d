package io.httptrace.cli.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What has to be known of a process before it is attached to: that sends a signal which ends a
 * process that does not expect it.
 *
 * @param user whose it is, if that is known
 * @param isJvm whether it seems to be a JVM
 * @param expectsSignal whether it seems to expect the signal
 */
record ProcessFacts(Optional<String> user, boolean isJvm, boolean expectsSignal) {
  private static final String LIBRARY = "/libjvm.";
  private static final String CAUGHT = "SigCgt:";
  private static final int HEX = 16;

  /** SIGQUIT, of which the JVM makes a thread dump or an invitation to attach. */
  private static final int QUIT = 3;

  /**
   * {@return the facts; empty if there is no such process}
   *
   * @param pid its number
   */
  static Optional<ProcessFacts> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(
            process -> {
              Path facts = Path.of("/proc", String.valueOf(pid));
              return new ProcessFacts(
                  process.info().user(),
                  anyLine(facts.resolve("maps"), line -> line.contains(LIBRARY)),
                  anyLine(facts.resolve("status"), ProcessFacts::catchesQuit));
            });
  }

  /** {@return whether a line of the file is so; true if there is no such file to tell} */
  private static boolean anyLine(Path file, Predicate<String> test) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(test);
    } catch (IOException | RuntimeException unreadable) {
      return true;
    }
  }

  static boolean catchesQuit(String line) {
    return line.startsWith(CAUGHT)
        && (Long.parseUnsignedLong(line.substring(CAUGHT.length()).strip(), HEX) >> (QUIT - 1) & 1)
            == 1;
  }
}
