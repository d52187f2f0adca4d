package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.HookSupport.Level;
import io.httptrace.conformance.server.ScriptedServer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Putting the hooks into the JDK's client, and taking them out. */
@Isolated
class InstallationTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Instrumentation instrumentation;

  @BeforeEach
  void takesOut() {
    JdkTracing tracing = JdkTracing.installed().orElseThrow();
    instrumentation = tracing.instrumentation();
    tracing.close();
  }

  @AfterEach
  void putsIn() {
    JdkTracing.installed().ifPresent(JdkTracing::close);
    JdkTracing.install(instrumentation);
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

  @Test
  void withoutTheHooksTheClassesAreAsTheyWere() throws Exception {
    Class<?> type = Class.forName("jdk.internal.net.http.Exchange");
    byte[] before = bytesOf(type);
    JdkTracing tracing = JdkTracing.install(instrumentation);
    byte[] traced = bytesOf(type);
    tracing.close();

    assertThat(traced).isNotEqualTo(before);
    assertThat(bytesOf(type)).isEqualTo(before);
  }

  private byte[] bytesOf(Class<?> type) throws Exception {
    byte[][] seen = new byte[1][];
    ClassFileTransformer looks =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] bytes) {
            if (redefined == type) {
              seen[0] = bytes;
            }
            return null;
          }
        };
    instrumentation.addTransformer(looks, true);
    try {
      instrumentation.retransformClasses(type);
    } finally {
      instrumentation.removeTransformer(looks);
    }
    return seen[0];
  }

  @Test
  void withoutTheHooksTheWrapperTellsWhatIsLeft() throws Exception {
    SeenHooks seen = new SeenHooks();
    try (ScriptedServer server = Servers.answering("hello")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      HttpClient wrapper = JdkTracing.wrap(client);

      wrapper.send(JdkTracing.traced(request, seen), BodyHandlers.ofString());
      wrapper.sendAsync(JdkTracing.traced(request, seen), BodyHandlers.ofString()).join();
      wrapper.send(request, BodyHandlers.ofString());
    }

    List<String> one =
        List.of(
            "roundTripStart(1 FIRST)",
            "getConn",
            "gotResponse(200 HTTP/1.1)",
            "roundTripDone(COMPLETED none)");
    List<String> both = new ArrayList<>(one);
    both.addAll(one);
    assertThat(seen.events()).isEqualTo(both);
  }
}
