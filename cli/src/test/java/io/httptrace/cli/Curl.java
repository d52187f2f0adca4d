package io.httptrace.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real curl, which the command is compared with. */
final class Curl {
  private Curl() {}

  /** How it went; the characters of what it printed stand for octets. */
  record Ended(int exitCode, String out, String err) {}

  /** Runs it with nothing from its environment, and no file of options. */
  static Ended run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-q"));
    command.addAll(List.of(args));
    Path out = Files.createTempFile("curl", ".out");
    Path err = Files.createTempFile("curl", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      String path = System.getenv("PATH");
      builder.environment().clear();
      builder.environment().put("PATH", path);
      Process process = builder.start();
      int exitCode;
      try {
        exitCode = process.waitFor();
      } finally {
        process.destroyForcibly();
      }
      return new Ended(
          exitCode,
          Files.readString(out, StandardCharsets.ISO_8859_1),
          Files.readString(err, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
