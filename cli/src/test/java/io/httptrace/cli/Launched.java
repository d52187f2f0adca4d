package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.text.Octets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real launcher in a source tree that is built already: a copy of it, with classes of the tests
 * in place of the modules that Maven would put there.
 *
 * @param directory where the tree is, and where commands run
 */
record Launched(Path directory) {

  /** How it went; see {@link Octets} for what is not UTF-8. */
  record Ended(int exitCode, String out, String err) {}

  /** Makes the tree in a directory that is empty. */
  static Launched in(Path directory) throws IOException {
    return in(directory, TestClassPath.all());
  }

  /** Makes one without what a class comes with. */
  static Launched without(Class<?> type, Path directory) throws Exception {
    Path left = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    String rest =
        Stream.of(TestClassPath.all().split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).equals(left))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(rest).isNotEqualTo(TestClassPath.all());
    return in(directory, rest);
  }

  private static Launched in(Path directory, String classPath) throws IOException {
    Path target = Files.createDirectories(directory.resolve("cli/target"));
    Files.writeString(target.resolve("launcher.stamp"), "");
    Path launcher = directory.resolve("httptrace");
    Files.copy(Path.of("../httptrace"), launcher);
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, java(classPath));
    if (!java.toFile().setExecutable(true) || !launcher.toFile().setExecutable(true)) {
      throw new IOException("cannot make a program in " + directory);
    }
    return new Launched(directory);
  }

  /** A java that finds the command on the class path, where there are no modules to name. */
  private static String java(String classPath) {
    return """
        #!/usr/bin/env bash
        args=()
        while [ $# -gt 0 ]; do
          case $1 in
            --module-path) shift 2 ;;
            --enable-native-access=*) args+=(--enable-native-access=ALL-UNNAMED); shift ;;
            --module) args+=(-cp '%s' io.httptrace.cli.Main); shift 2 ;;
            *) args+=("$1"); shift ;;
          esac
        done
        exec '%s/bin/java' "${args[@]}"
        """
        .formatted(classPath, System.getProperty("java.home"));
  }

  /** Runs a line of bash, in which {@code httptrace} is the launcher. */
  Ended run(String line) throws IOException, InterruptedException {
    return run("", line);
  }

  /** The same with lines before it; all need not be ASCII. */
  Ended run(String before, String line) throws IOException, InterruptedException {
    Path script = Files.createTempFile(directory, "run", ".sh");
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Files.write(
        script, Octets.encode("httptrace() { \"$ROOT/httptrace\" \"$@\"; }\n" + before + line));
    Process process =
        builder("bash", script.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      return new Ended(
          process.waitFor(),
          Octets.decode(Files.readAllBytes(out)),
          Octets.decode(Files.readAllBytes(err)));
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Starts the launcher. What it writes can be read while it runs. What is started in the
   * background ignores SIGINT, and so do its children; this does not.
   *
   * @param variable an environment variable, {@code NAME=VALUE}; empty for none
   */
  Process start(String variable, String... arguments) throws IOException {
    String defaults = "env --default-signal=INT";
    String line = defaults + " true 2>/dev/null && set -- " + defaults + " \"$@\"; exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, "bash"));
    command.add(directory.resolve("httptrace").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = builder(command.toArray(String[]::new));
    if (!variable.isEmpty()) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    return builder.start();
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("ROOT", directory.toString());
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().put("COLUMNS", "80");
    builder.environment().put("HOME", directory.toString()); // which has no file of options
    builder.environment().put("TERM", "xterm");
    for (String name :
        new String[] {
          "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
          "NO_PROXY", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LC_ALL", "LC_CTYPE", "LANG"
        }) {
      builder.environment().remove(name);
    }
    return builder;
  }
}
