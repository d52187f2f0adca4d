package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.jdk.sample.PrintsTimeline;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The agent's jar in a JVM of its own. */
class AgentJarTest {
  private static final String EVENTS =
      "roundTripStart getConn connectStart connectDone gotConn wroteHeaderField wroteHeaders"
          + " wroteRequest gotFirstResponseByte gotResponse putIdleConn roundTripDone";

  private static Process start(List<String> flags, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add(PrintsTimeline.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /**
   * {@return the class path with our classes, or without them: those in the agent's jar must do}
   */
  private static String classPath(boolean whole) {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .filter(entry -> whole || entry.endsWith("test-classes") || entry.endsWith("jdk-test"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String agent() {
    return System.getProperty("agent.jar");
  }

  @Test
  void atTheStartOfAJvm() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      Process process =
          start(
              List.of("-javaagent:" + agent(), "-cp", classPath(true)),
              "http://127.0.0.1:" + server.port() + "/");

      assertThat(output(process)).containsExactly(EVENTS);
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void withNothingButItsJar() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      Process process =
          start(
              List.of("-javaagent:" + agent(), "-cp", classPath(false)),
              "http://127.0.0.1:" + server.port() + "/");

      assertThat(output(process)).containsExactly(EVENTS);
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void inAJvmThatRuns() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      Process process =
          start(
              List.of(
                  "-XX:+IgnoreUnrecognizedVMOptions",
                  "-XX:+EnableDynamicAgentLoading",
                  "-cp",
                  classPath(true)),
              "http://127.0.0.1:" + server.port() + "/",
              "wait");
      BufferedReader lines = reader(process);
      assertThat(lines.readLine()).isEqualTo("waiting");
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
      machine.loadAgent(agent());
      machine.detach();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();

      assertThat(lines.lines()).containsExactly(EVENTS);
      assertThat(process.waitFor()).isZero();
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static List<String> output(Process process) {
    return reader(process).lines().collect(Collectors.toList());
  }
}
