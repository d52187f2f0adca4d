package io.httptrace.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.scenarios.Answers;
import io.httptrace.conformance.scenarios.BlockingClient;
import io.httptrace.conformance.scenarios.BlockingClient.Fault;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that does right passes, and each thing it does wrong is found and named. */
final class RunTest {
  /** How long to wait for what does not come. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private LeakGuard guard = new LeakGuard();

  @BeforeEach
  void begin() {
    guard.begin();
  }

  @Test
  void aClientThatDoesRightPasses() throws Exception {
    Run run = run("h1-get-reuse", Fault.NONE);
    run.server("origin", Answers.of(Answers.HELLO, Answers.HELLO));
    run.check();
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void namesOfThePlanAreLookedUp() throws Exception {
    Run run = run("dns-name", Fault.NONE);
    run.server("origin", Answers.of(Answers.HELLO, Answers.HELLO));
    run.check();
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void refusedConnectionIsRecognised() throws Exception {
    Run run = run("connect-refused", Fault.NONE);
    run.server(ScriptedServer.builder("origin").refusingOn("127.0.0.1"));
    run.check();
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void endOfConnectionIsRecognised() throws Exception {
    Run run = run("server-eof-before-response", Fault.NONE);
    ConnectionScript closes =
        connection -> {
          connection.readRequest();
          connection.close();
        };
    run.server("origin", closes);
    run.check();
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void missingHookIsNamed() throws Exception {
    assertFails(Fault.FORGETS_FIRST_BYTE, "r1.gotFirstResponseByte: expected 1, but was 0");
  }

  @Test
  void repeatedHookIsNamed() throws Exception {
    assertFails(Fault.REPORTS_HEADERS_TWICE, "r1.wroteHeaders: expected 1, but was 2");
  }

  @Test
  void wrongOrderIsNamed() throws Exception {
    assertFails(
        Fault.PUTS_BACK_TOO_LATE,
        "expected r1.putIdleConn(err=none) < r1.bodyDone(bytes=5 err=none)");
  }

  @Test
  void roundTripWithoutAnEndIsNamed() throws Exception {
    assertFails(Fault.FORGETS_END_OF_ROUND_TRIP, "r1.roundTripDone: expected 1, but was []");
  }

  @Test
  void unexpectedConnectionIsNamed() throws Exception {
    Run run = run("h1-get", Fault.NONE);
    run.patience(SHORT);
    run.server("origin");
    assertThatThrownBy(run::check).hasMessageContaining("unexpected connection #1");
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void failedExpectationOfAScriptIsNamed() throws Exception {
    Run run = run("h1-get", Fault.NONE);
    run.server(
        "origin",
        connection -> {
          Answers.of(Answers.HELLO).run(connection);
          throw new AssertionError("as the script says");
        });
    assertThatThrownBy(run::check).hasMessageContaining("as the script says");
    assertThat(guard.end()).isEmpty();
  }

  @Test
  void connectionLeftOpenIsNamed() throws Exception {
    assertLeaves(SHORT, Fault.LEAVES_CONNECTION_OPEN, "of server origin is still open");
  }

  @Test
  void threadLeftBehindIsNamed() throws Exception {
    assertLeaves(SHORT, Fault.LEAVES_THREAD, "thread left behind");
  }

  @Test
  void uncaughtExceptionIsNamed() throws Exception {
    assertLeaves(Waiting.LIMIT, Fault.HAS_UNCAUGHT_EXCEPTION, "nobody catches this");
  }

  private void assertFails(Fault fault, String message) throws Exception {
    Run run = run("h1-get", fault);
    run.patience(SHORT);
    run.server("origin", Answers.of(Answers.HELLO));
    assertThatThrownBy(run::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message)
        .hasMessageContaining("r1.getConn(127.0.0.1:{port:origin})");
    assertThat(guard.end()).isEmpty();
  }

  private void assertLeaves(Duration patience, Fault fault, String what) throws Exception {
    guard = new LeakGuard(patience);
    guard.begin();
    Run run = run("h1-get", fault);
    run.patienceWithConnections(patience);
    run.server("origin", Answers.of(Answers.HELLO));
    run.check();
    // On a slow machine there may be more that has not ended yet.
    List<String> leaks = guard.end();
    assertThat(leaks).anySatisfy(leak -> assertThat(leak).contains(what));
    interruptLeftThread();
  }

  private static void interruptLeftThread() {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("left behind"))
        .forEach(Thread::interrupt);
  }

  private Run run(String recording, Fault fault) {
    return new Run(new BlockingClient(fault), GoldenRecording.load(recording), guard);
  }
}
