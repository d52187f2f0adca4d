package io.httptrace.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A JVM with the agent for the JDK's client, alone and with another agent that changes clients. */
class OtherAgentsTest {
  private static final String OURS = "-javaagent:" + System.getProperty("agent.jar");
  private static final String OPEN_TELEMETRY =
      "-javaagent:" + System.getProperty("opentelemetry.jar");

  /** Nothing is sent to anybody but the server. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dreactor.logging.fallback=JDK",
          "-Dotel.traces.exporter=none",
          "-Dotel.metrics.exporter=none",
          "-Dotel.logs.exporter=none",
          "-cp",
          System.getProperty("java.class.path"));

  private final ScriptedServer server = Servers.hello();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whenTheJdksClientIsTracedNoMoreTheOthersAre() throws Exception {
    assertAllAreTold(OURS);

    assertThat(tracedByOpenTelemetry()).isEmpty();
  }

  @Test
  void openTelemetryFirst() throws Exception {
    assertAllAreTold(OPEN_TELEMETRY, OURS);

    assertThat(tracedByOpenTelemetry())
        .contains("/JDK/1", "/JDK/2")
        .doesNotContain("/OWN/1", "/OWN/2");
  }

  @Test
  void openTelemetryLast() throws Exception {
    assertAllAreTold(OURS, OPEN_TELEMETRY);

    assertThat(tracedByOpenTelemetry())
        .contains("/JDK/1", "/JDK/2")
        .doesNotContain("/OWN/1", "/OWN/2");
  }

  private void assertAllAreTold(String... agents) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(agents));
    command.addAll(FLAGS);
    command.add(SideBySideApplication.class.getName());
    command.add("http://127.0.0.1:" + server.port());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(
            output
                .lines()
                .filter(line -> line.startsWith(SideBySideApplication.SAYS))
                .map(line -> line.substring(SideBySideApplication.SAYS.length())))
        .as(output)
        .containsExactly(
            "OWN is told",
            "JDK is told",
            "OKHTTP is told",
            "APACHE is told",
            "REACTOR_NETTY is told",
            "OWN is told still",
            "OKHTTP is told still",
            "APACHE is told still",
            "REACTOR_NETTY is told still",
            "and nothing else");
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** The paths of the requests that have the field by which OpenTelemetry goes on in the server. */
  private List<String> tracedByOpenTelemetry() {
    return server.requests().stream()
        .filter(head -> !head.values("traceparent").isEmpty())
        .map(ReceivedRequestHead::requestLine)
        .map(line -> line.split(" ", -1)[1])
        .toList();
  }
}
