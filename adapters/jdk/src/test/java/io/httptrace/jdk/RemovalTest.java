package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Taking the hooks out, while others have them, and while requests are under way. */
@Isolated
class RemovalTest {
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

  private static HttpRequest to(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }

  private Map<Class<?>, byte[]> bytesOfAll() throws Exception {
    Map<Class<?>, byte[]> all = new LinkedHashMap<>();
    for (HookPoint point : HookPoints.all()) {
      Class<?> owner = Class.forName("jdk.internal.net.http." + point.owner());
      all.put(owner, ClassBytes.of(owner, instrumentation));
    }
    return all;
  }

  @Test
  void allClassesAreAsTheyWere() throws Exception {
    Map<Class<?>, byte[]> before = bytesOfAll();
    JdkTracing tracing = JdkTracing.install(instrumentation);
    Map<Class<?>, byte[]> traced = bytesOfAll();
    tracing.close();
    tracing.close();
    Map<Class<?>, byte[]> after = bytesOfAll();

    assertThat(before).hasSizeGreaterThan(15);
    before.forEach(
        (type, bytes) -> {
          assertThat(traced.get(type)).as("traced %s", type).isNotEqualTo(bytes);
          assertThat(after.get(type)).as("%s afterwards", type).isEqualTo(bytes);
        });
  }

  @Test
  void whatAnotherAgentHasChangedStays() throws Exception {
    Class<?> type = Class.forName("jdk.internal.net.http.Exchange");
    try (ClassBytes first = ClassBytes.marking(type, "first", instrumentation)) {
      JdkTracing tracing = JdkTracing.install(instrumentation);
      try (ClassBytes then = ClassBytes.marking(type, "then", instrumentation)) {
        assertThat(then.source()).isEqualTo("then first Exchange.java");
        SeenHooks seen = new SeenHooks();
        try (ScriptedServer server = Servers.answering("hello")) {
          client.send(JdkTracing.traced(to(server), seen), BodyHandlers.ofString());
        }
        assertThat(seen.events()).endsWith("roundTripDone(COMPLETED none)");

        tracing.close();
        assertThat(then.source()).isEqualTo("then first Exchange.java");
      }
      assertThat(first.source()).isEqualTo("first Exchange.java");
    }
  }

  @Test
  void theHooksStayUntilTheLastOfTheirUsersIsClosed() throws Exception {
    List<Timeline> firsts = new CopyOnWriteArrayList<>();
    SeenHooks seconds = new SeenHooks();
    JdkTracing first = JdkTracing.install(instrumentation);
    JdkTracing second = JdkTracing.install(instrumentation);
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    first.onTimeline(
        made -> {
          firsts.add(made);
          timeline.complete(made);
        });
    second.clientTrace(request -> seconds);
    assertThat(JdkTracing.installed()).contains(first);

    try (ScriptedServer server = Servers.answering("hello")) {
      client.send(to(server), BodyHandlers.ofString());
      timeline.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      first.close();
      assertThat(JdkTracing.installed()).contains(second);
      client.send(to(server), BodyHandlers.ofString());
      second.close();
      assertThat(JdkTracing.installed()).isEmpty();
      client.send(to(server), BodyHandlers.ofString());
    }

    assertThat(firsts).hasSize(1);
    assertThat(seconds.events()).filteredOn("getConn"::equals).hasSize(2);
  }

  @Test
  void aCallThatIsUnderWayCallsNoMoreHooks() throws Exception {
    Gate closed = new Gate();
    SeenHooks seen = new SeenHooks();
    CompletableFuture<Timeline> timeline = new CompletableFuture<>();
    JdkTracing tracing = JdkTracing.install(instrumentation);
    try (ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
              closed.await(Waiting.LIMIT);
              connection.send(Servers.ok("hello"));
            })) {
      HttpRequest request =
          JdkTracing.onTimeline(JdkTracing.traced(to(server), seen), timeline::complete);
      CompletableFuture<HttpResponse<String>> sent =
          client.sendAsync(request, BodyHandlers.ofString());
      seen.await("got1xxResponse(103)");
      tracing.close();
      closed.open();

      assertThat(sent.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
      assertThat(seen.soFar()).endsWith("got1xxResponse(103)");
      assertThat(timeline).isNotDone();
    }
  }

  @Test
  void aCopyOfAnotherClassLoaderIsRefusedWhileThisOneIsThere() throws Exception {
    try (URLClassLoader loader = copies()) {
      Method install = installOf(loader);
      JdkTracing tracing = JdkTracing.install(instrumentation);

      assertThatThrownBy(() -> install.invoke(null, instrumentation))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the JDK's client of this JVM is traced already");

      SeenHooks seen = new SeenHooks();
      try (ScriptedServer server = Servers.answering("hello")) {
        client.send(JdkTracing.traced(to(server), seen), BodyHandlers.ofString());
      }
      assertThat(seen.events()).endsWith("roundTripDone(COMPLETED none)");
      tracing.close();
    }
  }

  @Test
  void aCopyThatHasBeenClosedIsCollected() throws Exception {
    CompletableFuture<String> timeline = new CompletableFuture<>();
    WeakReference<ClassLoader> gone = tracesWithACopy(timeline);

    assertThat(timeline.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).contains(" 200 ");
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (gone.get() != null) {
      assertThat(System.nanoTime() - end).as("the copy is still there").isNegative();
      System.gc();
    }
    assertThat(JdkTracing.install(instrumentation).hookSupport()).isNotNull();
  }

  private WeakReference<ClassLoader> tracesWithACopy(CompletableFuture<String> timeline)
      throws Exception {
    HttpClient passing = HttpClient.newHttpClient();
    try (URLClassLoader loader = copies();
        ScriptedServer server = Servers.answering("hello")) {
      Object tracing = installOf(loader).invoke(null, instrumentation);
      Consumer<Object> consumer = made -> timeline.complete(made.toString());
      tracing.getClass().getMethod("onTimeline", Consumer.class).invoke(tracing, consumer);
      passing.send(to(server), BodyHandlers.ofString());
      timeline.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      ((AutoCloseable) tracing).close();
      return new WeakReference<>(loader);
    } finally {
      Clients.close(passing);
    }
  }

  private static Method installOf(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> copy = Class.forName(JdkTracing.class.getName(), true, loader);
    assertThat(copy).isNotEqualTo(JdkTracing.class);
    return copy.getMethod("install", Instrumentation.class);
  }

  /** {@return a class loader with all of the class path again} */
  private static URLClassLoader copies() {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(RemovalTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
