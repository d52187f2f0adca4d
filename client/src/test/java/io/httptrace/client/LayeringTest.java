package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.httptrace.ClientTrace;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.netty.Pipelines;
import io.httptrace.conformance.ClientUnderTest;
import io.netty.channel.ChannelPipeline;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may import whom: in the project, and inside the client. */
class LayeringTest {
  private static final String CLIENT = "io.httptrace.client";

  private static final String CHAIN =
      """
      each package of the client may import only those to its right:
        client -> websocket -> call -> exchange -> followups -> auth -> request -> connect
          -> h2c -> {http1, http2} -> pool -> {http, hooks, body, route, netty, errors}
          -> concurrent
      http1 and http2 do not import one another; of the six before the last only body
      imports another of them, errors\
      """;

  private static final List<String> ORDER =
      List.of(
          "",
          "websocket",
          "call",
          "exchange",
          "followups",
          "auth",
          "request",
          "connect",
          "h2c",
          "http1",
          "http2",
          "pool");

  private static final Map<String, Set<String>> LEAVES =
      Map.of(
          "http", Set.of(),
          "hooks", Set.of("concurrent"),
          "body", Set.of("errors", "concurrent"),
          "route", Set.of(),
          "netty", Set.of("concurrent"),
          "errors", Set.of(),
          "concurrent", Set.of());

  private static final JavaClasses CLIENT_CLASSES = classesOf(TracingHttpClient.class);
  private static final JavaClasses CORE_CLASSES = classesOf(ClientTrace.class);
  private static final Set<String> CORE_PACKAGES =
      Set.of(
          "io.httptrace",
          "io.httptrace.adapter",
          "io.httptrace.connections",
          "io.httptrace.timeline");
  private static final JavaClasses KIT_CLASSES = classesOf(ClientUnderTest.class);

  /** Imports the classes of one module, told by where its package begins; tests left out. */
  private static JavaClasses classesOf(Class<?> inModule) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importUrl(inModule.getProtectionDomain().getCodeSource().getLocation());
  }

  private static String layer(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(CLIENT) ? "" : name.substring(CLIENT.length() + 1);
  }

  private static boolean inClient(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(CLIENT) || name.startsWith(CLIENT + ".");
  }

  private static boolean mayImport(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    if (from.equals("http1") && to.equals("http2")) {
      return false;
    }
    if (LEAVES.containsKey(from)) {
      return LEAVES.getOrDefault(from, Set.of()).contains(to);
    }
    return LEAVES.containsKey(to) || ORDER.indexOf(from) < ORDER.indexOf(to);
  }

  /** The dependencies of some classes that a rule forbids, as text. */
  private static Set<String> dependencies(JavaClasses of, Predicate<Dependency> forbidden) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : of) {
      type.getDirectDependenciesFromSelf().stream()
          .filter(forbidden)
          .forEach(d -> found.add(d.getDescription()));
    }
    return found;
  }

  @Test
  void everyPackageOfTheClientHasItsPlaceInTheChain() {
    Set<String> packages = new TreeSet<>();
    CLIENT_CLASSES.forEach(type -> packages.add(layer(type)));

    Set<String> placed = new TreeSet<>(ORDER);
    placed.addAll(LEAVES.keySet());
    assertThat(packages).as(CHAIN).isEqualTo(placed);
  }

  /** What may be null is checked only in packages that are marked. */
  @Test
  void everyPackageIsMarkedForNullChecks() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClasses module : List.of(CORE_CLASSES, CLIENT_CLASSES, KIT_CLASSES)) {
      for (JavaClass type : module) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          unmarked.add(type.getPackageName());
        }
      }
    }

    assertThat(unmarked).isEmpty();
  }

  @Test
  void packagesOfTheClientImportOnlyThoseToTheirRight() {
    Set<String> against =
        dependencies(
            CLIENT_CLASSES,
            d ->
                inClient(d.getTargetClass())
                    && !mayImport(layer(d.getOriginClass()), layer(d.getTargetClass())));

    assertThat(against).as(CHAIN).isEmpty();
  }

  @Test
  void onlyRequestTraceCallsHooks() {
    Set<String> callers = new TreeSet<>();
    for (JavaClass type : CLIENT_CLASSES) {
      for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
        // Newer compilers call what is Object's on the type at hand, such as getClass().
        boolean made =
            Set.of("builder", "timeline").contains(call.getName())
                || Arrays.stream(Object.class.getDeclaredMethods())
                    .anyMatch(m -> m.getName().equals(call.getName()));
        if (call.getTargetOwner().isAssignableTo(ClientTrace.class) && !made) {
          callers.add(type.getName());
        }
      }
    }

    assertThat(callers)
        .as("classes that call a ClientTrace")
        .containsExactly(RequestTrace.class.getName());
  }

  @Test
  void tracesAreCarriedToRequestTraceByFew() {
    Set<String> carriers = new TreeSet<>();
    for (JavaClass type : CLIENT_CLASSES) {
      if (type.getDirectDependenciesFromSelf().stream()
          .anyMatch(d -> d.getTargetClass().isEquivalentTo(ClientTrace.class))) {
        carriers.add(type.getName().substring(CLIENT.length() + 1));
      }
    }

    assertThat(carriers)
        .as("classes that know ClientTrace")
        .containsExactly(
            "ClientConfig",
            "RequestObservers",
            "TracedRequest",
            "TracingHttpClientBuilder",
            "call.Call",
            "call.Calls",
            "hooks.RequestTrace");
  }

  /** A handler may still remove itself. */
  @Test
  void onlyPipelinesAddsHandlers() {
    Set<String> callers = new TreeSet<>();
    for (JavaClass type : CLIENT_CLASSES) {
      for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
        if (call.getTargetOwner().isAssignableTo(ChannelPipeline.class)
            && (call.getName().startsWith("add") || call.getName().equals("replace"))) {
          callers.add(type.getName());
        }
      }
    }

    assertThat(callers)
        .as("classes that add handlers to a pipeline")
        .containsExactly(Pipelines.class.getName());
  }

  @Test
  void codecsKnowNoHooks() {
    Set<String> against =
        dependencies(
            CLIENT_CLASSES,
            d ->
                layer(d.getOriginClass()).startsWith("http")
                    && d.getTargetClass().getPackageName().equals(CLIENT + ".hooks"));

    assertThat(against).as("codecs do not import hooks").isEmpty();
  }

  @Test
  void hooksOfARequestAreFiredByFourPackages() {
    Set<String> users = new TreeSet<>();
    for (JavaClass type : CLIENT_CLASSES) {
      if (type.getDirectDependenciesFromSelf().stream()
          .anyMatch(d -> d.getTargetClass().isEquivalentTo(RequestTrace.class))) {
        users.add(layer(type));
      }
    }

    assertThat(users)
        .as("packages that use RequestTrace")
        .containsExactly("call", "connect", "exchange", "pool");
  }

  @Test
  void theClientImportsCoreAndNettyOnly() {
    Set<String> against =
        dependencies(
            CLIENT_CLASSES,
            d -> {
              String target = d.getTargetClass().getPackageName();
              return !inClient(d.getTargetClass())
                  && !CORE_PACKAGES.contains(target)
                  && !target.startsWith("io.netty.")
                  && !isOf(Set.of("java.base", "java.net.http"), d.getTargetClass())
                  && !isAnnotation(target);
            });

    assertThat(against).as("the client imports core, the JDK and Netty").isEmpty();
  }

  @Test
  void coreImportsJavaBaseOnly() {
    Set<String> against =
        dependencies(
            CORE_CLASSES,
            d -> {
              String target = d.getTargetClass().getPackageName();
              return !CORE_PACKAGES.contains(target)
                  && !isOf(Set.of("java.base"), d.getTargetClass())
                  && !isAnnotation(target);
            });

    assertThat(against).as("core imports java.base only").isEmpty();
  }

  @Test
  void theHooksDoNotKnowTheTimeline() {
    assertThat(usersInCore("io.httptrace.timeline"))
        .as("packages of core that import io.httptrace.timeline")
        .containsExactly("io.httptrace.adapter");
  }

  @Test
  void coreKnowsNoAdapter() {
    assertThat(usersInCore("io.httptrace.adapter"))
        .as("packages of core that import io.httptrace.adapter")
        .isEmpty();
  }

  /** The other packages of core that import one. */
  private static Set<String> usersInCore(String packageName) {
    Set<String> users = new TreeSet<>();
    for (JavaClass type : CORE_CLASSES) {
      if (!type.getPackageName().equals(packageName)
          && type.getDirectDependenciesFromSelf().stream()
              .anyMatch(d -> d.getTargetClass().getPackageName().equals(packageName))) {
        users.add(type.getPackageName());
      }
    }
    return users;
  }

  @Test
  void theConformanceKitKnowsNoClient() {
    Set<String> against = dependencies(KIT_CLASSES, d -> inClient(d.getTargetClass()));

    assertThat(against).as("conformance imports core, never a client").isEmpty();
  }

  private static boolean isOf(Set<String> modules, JavaClass type) {
    JavaClass component = type.getBaseComponentType();
    return component.isPrimitive()
        || modules.stream()
            .map(name -> ModuleFinder.ofSystem().find(name).orElseThrow())
            .map(ModuleReference::descriptor)
            .anyMatch(module -> module.packages().contains(component.getPackageName()));
  }

  /** Marks of what may be null, which are gone when the program runs. */
  private static boolean isAnnotation(String packageName) {
    return packageName.equals("org.jspecify.annotations");
  }
}
