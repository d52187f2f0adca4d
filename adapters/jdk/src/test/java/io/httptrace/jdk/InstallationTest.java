package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ScriptedServer;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a JDK lacks, and what a JVM refuses. */
@Isolated
class InstallationTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Instrumentation instrumentation;

  @BeforeEach
  void takesOut() {
    instrumentation = Agents.takeOut();
  }

  @AfterEach
  void putsIn() {
    Agents.putIn(instrumentation);
    Clients.close(client);
  }

  private List<String> eventsOfARequest() throws Exception {
    SeenHooks seen = new SeenHooks();
    try (ScriptedServer server = Servers.answering("hello")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      client.send(JdkTracing.traced(request, seen), BodyHandlers.ofString());
    }
    return seen.events();
  }

  @Test
  void aMethodThatAnotherJdkLacksTurnsItsHooksToNever() throws Exception {
    List<HookPoint> points = new ArrayList<>();
    for (HookPoint point : HookPoints.all()) {
      points.add(
          point.event() == Event.RETURNED_TO_POOL
              ? new HookPoint(
                  point.event(),
                  point.owner(),
                  "putBack",
                  point.descriptor(),
                  point.place(),
                  point.subject(),
                  point.value(),
                  point.hooks())
              : point);
    }
    JdkTracing tracing = JdkTracing.install(instrumentation, points);

    HookSupport support = tracing.hookSupport();
    assertThat(support.level(Hook.PUT_IDLE_CONN)).isEqualTo(Level.NEVER);
    assertThat(support.reason(Hook.PUT_IDLE_CONN))
        .isEqualTo("JDK " + Runtime.version() + " has no method ConnectionPool.putBack");
    assertThat(support.level(Hook.GOT_CONN)).isEqualTo(Level.EXACT);
    assertThat(eventsOfARequest())
        .contains("gotConn(reused=false wasIdle=false)", "roundTripDone(COMPLETED none)")
        .doesNotContain("putIdleConn(none)");
  }

  @Test
  void aClassThatAnotherJdkLacksDoesNotHarmTheOthers() throws Exception {
    List<HookPoint> points = new ArrayList<>(HookPoints.all());
    points.add(
        new HookPoint(
            Event.FLUSHED,
            "NoSuchClass",
            "request",
            "(",
            HookPoint.Place.ENTER,
            0,
            -1,
            Set.of(Hook.WROTE_HEADERS)));
    JdkTracing tracing = JdkTracing.install(instrumentation, points);

    assertThat(tracing.hookSupport().level(Hook.WROTE_HEADERS)).isEqualTo(Level.NEVER);
    assertThat(eventsOfARequest()).endsWith("roundTripDone(COMPLETED none)");
  }

  @Test
  void aClassThatTheJvmDoesNotAcceptStaysAsItWas() throws Exception {
    Class<?> pool = Class.forName("jdk.internal.net.http.ConnectionPool");
    VerifyError refused = new VerifyError("no");
    JdkTracing tracing =
        JdkTracing.install(
            Agents.with(
                instrumentation,
                "retransformClasses",
                classes -> {
                  if (List.of((Object[]) classes[0]).contains(pool)) {
                    throw refused;
                  }
                }));

    HookSupport support = tracing.hookSupport();
    assertThat(support.level(Hook.PUT_IDLE_CONN)).isEqualTo(Level.NEVER);
    assertThat(support.reason(Hook.PUT_IDLE_CONN))
        .isEqualTo("ConnectionPool of JDK " + Runtime.version() + " cannot be changed: " + refused);
    assertThat(support.level(Hook.GOT_CONN)).isEqualTo(Level.EXACT);
    assertThat(eventsOfARequest())
        .contains("gotConn(reused=false wasIdle=false)")
        .doesNotContain("putIdleConn(none)")
        .endsWith("roundTripDone(COMPLETED none)");
  }

  @Test
  void anAgentThatMayNotRetransformLeavesNothing() throws Exception {
    Instrumentation weak =
        Agents.with(
            instrumentation,
            "addTransformer",
            none -> {
              throw new UnsupportedOperationException("not in the manifest");
            });

    assertThatThrownBy(() -> JdkTracing.install(weak))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the JDK's client of JDK " + Runtime.version() + " cannot be traced")
        .hasRootCauseMessage("not in the manifest");
    assertThat(JdkTracing.installed()).isEmpty();

    JdkTracing.install(instrumentation);
    assertThat(eventsOfARequest()).endsWith("roundTripDone(COMPLETED none)");
  }

  @Test
  void aJvmWhoseClientCannotBeTracedStarts() {
    Instrumentation weak =
        Agents.with(
            instrumentation,
            "redefineModule",
            none -> {
              throw new IllegalStateException("no such module");
            });

    try (CapturedLog log = CapturedLog.of(JdkTracing.class)) {
      JdkTracing.premain(null, weak);

      assertThat(log.messages()).containsExactly("the JDK's client is not traced");
      assertThat(log.thrown()).containsExactly("no such module");
    }
    assertThatThrownBy(() -> JdkTracing.agentmain(null, weak)).hasMessage("no such module");
    assertThat(JdkTracing.installed()).isEmpty();
  }

  @Test
  void everyHookButOneCanBeCalledOnThisJdk() {
    HookSupport support = JdkTracing.install(instrumentation).hookSupport();

    for (Hook hook : Hook.values()) {
      Level level = support.level(hook);
      if (hook == Hook.CONN_WAIT_START) {
        assertThat(level).as(hook.methodName()).isEqualTo(Level.NEVER);
      } else {
        assertThat(level).as(support.toString()).isNotEqualTo(Level.NEVER);
      }
    }
  }
}
