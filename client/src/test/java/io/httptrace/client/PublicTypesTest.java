package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.TraceRecorder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every public type. */
class PublicTypesTest {
  private static final Set<String> EXPORTED =
      Set.of(
          "io.httptrace",
          "io.httptrace.connections",
          "io.httptrace.timeline",
          "io.httptrace.client",
          "io.httptrace.client.errors");

  @Test
  void everyPublicClassHasATextOfItsOwn() {
    List<String> mute =
        Stream.of(ClientTrace.class, TracingHttpClient.class)
            .flatMap(inModule -> classesOf(inModule).stream())
            .filter(type -> EXPORTED.contains(type.getPackageName()))
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.isInterface() && !type.isAssignableTo(Enum.class))
            .filter(type -> !type.isAssignableTo(Throwable.class))
            .filter(type -> type.tryGetMethod("toString").isEmpty())
            .map(JavaClass::getName)
            .toList();

    assertThat(mute).as("public classes without a toString").isEmpty();
  }

  private static JavaClasses classesOf(Class<?> inModule) {
    return new ClassFileImporter()
        .importUrl(inModule.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void tracesAndContextsPrintWhatTheyHave() {
    ClientTrace trace = ClientTrace.builder().gotConn(info -> {}).getConn(addr -> {}).build();
    TraceRecorder recorder = new TraceRecorder();
    recorder.getConn("a.test:80");
    TraceContext context = TraceContext.empty().withClientTrace(recorder).withClientTrace(trace);

    assertThat(trace).hasToString("ClientTrace[getConn, gotConn]");
    assertThat(context)
        .hasToString("TraceContext[ClientTrace[getConn, gotConn], TraceRecorder[1 events]]");
    assertThat(ClientTrace.builder().dnsDone(info -> {}))
        .hasToString("ClientTraceBuilder[dnsDone]");
    assertThat(TracingHttpClient.newBuilder().toString())
        .startsWith("TracingHttpClientBuilder[version=HTTP_2 followRedirects=NEVER ");
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      assertThat(client.toString()).matches("TracingHttpClient\\[httptrace-\\d+\\]");
    }
  }
}
