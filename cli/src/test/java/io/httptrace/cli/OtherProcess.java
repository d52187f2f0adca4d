package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, which is talked to in lines. It is killed in the end. */
final class OtherProcess implements AutoCloseable {
  private static final String NO_MORE = "no more lines";

  private final Process process;
  private final BlockingQueue<String> out;
  private final BlockingQueue<String> err;

  private OtherProcess(List<String> command, Redirect output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output);
    for (String name :
        new String[] {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "LC_ALL", "LC_CTYPE", "LANG"}) {
      builder.environment().remove(name);
    }
    this.process = builder.start();
    this.out = lines(process.getInputStream());
    this.err = lines(process.getErrorStream());
  }

  /** A JVM like that of the tests, with these options, main class and arguments. */
  static OtherProcess java(String... arguments) throws IOException {
    return java(Redirect.PIPE, List.of(arguments));
  }

  private static OtherProcess java(Redirect output, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", TestClassPath.all()));
    command.addAll(arguments);
    return new OtherProcess(command, output);
  }

  /** The command, as its launcher runs it. */
  static OtherProcess httptrace(String... arguments) throws IOException {
    return httptrace(Redirect.PIPE, arguments);
  }

  /** The command, with standard output led somewhere. */
  static OtherProcess httptrace(Redirect output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Main.class.getName()));
    command.addAll(List.of(arguments));
    return java(output, command);
  }

  /** A program that is no JVM. */
  static OtherProcess program(String... command) throws IOException {
    return new OtherProcess(List.of(command), Redirect.PIPE);
  }

  private static BlockingQueue<String> lines(InputStream stream) {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
              } catch (IOException | RuntimeException ended) {
                // As if it had closed the stream.
              }
              lines.add(NO_MORE);
            });
    reader.setDaemon(true);
    reader.start();
    return lines;
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  /** Sends a line, and returns the answer. */
  String ask(String line) throws Exception {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return out();
  }

  /** The next line of its standard output. */
  String out() throws InterruptedException {
    return next(out, err);
  }

  /** The next line of its standard error. */
  String err() throws InterruptedException {
    return next(err, out);
  }

  private static String next(BlockingQueue<String> lines, BlockingQueue<String> others)
      throws InterruptedException {
    String line = lines.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(line).as("the next line; others are %s", others).isNotNull().isNotEqualTo(NO_MORE);
    return line;
  }

  /** The lines of its standard error up to the one that begins so. */
  List<String> errUntil(String beginning) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = err();
      lines.add(line);
    } while (!line.startsWith(beginning));
    return lines;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as Ctrl-C does. Its output can still be read. */
  void stop() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  void kill() {
    assertThat(process.toHandle().destroyForcibly()).isTrue();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
