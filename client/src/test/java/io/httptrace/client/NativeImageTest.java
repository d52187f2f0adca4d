package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.httptrace.ClientTrace;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM's native-image is told of the client: all that is found by its name, which it could
 * not see otherwise. Netty's jars tell it of Netty.
 */
class NativeImageTest {
  private static final String DIRECTORY = "/META-INF/native-image/io.httptrace/httptrace-client/";
  private static final Set<String> LOADING =
      Set.of("forName", "loadClass", "getResource", "getResources", "getResourceAsStream");

  /** What JDK 17 lacks. */
  private static final List<String> SINCE_17 =
      List.of(
          "isVirtual",
          "getNamedGroups",
          "getSignatureSchemes",
          "setNamedGroups",
          "setSignatureSchemes");

  @Test
  void everyHandlerIsNamedAsNettyAsksWhichMethodsItHas() throws Exception {
    Set<String> named = new TreeSet<>();
    for (JsonNode entry : entries()) {
      if (entry.path("queryAllPublicMethods").asBoolean()) {
        named.add(entry.path("name").asText());
      }
    }

    assertThat(named)
        .isEqualTo(
            names(
                classesOf(TracingHttpClient.class).stream()
                    .filter(type -> type.isAssignableTo(ChannelHandler.class))));
  }

  @Test
  void everyClassOfNettyIsNamedWhoseVersionIsLookedAt() throws Exception {
    List<String> named = new ArrayList<>();
    for (JsonNode entry : entries()) {
      if (entry.at("/condition/typeReachable").asText().equals(NettyVersion.class.getName())) {
        named.add(entry.path("name").asText());
      }
    }

    assertThat(named).containsExactlyElementsOf(NettyVersion.CLASSES.values());
  }

  @Test
  void everyClassThatIsNamedIsThere() throws Exception {
    List<String> missing = new ArrayList<>();
    for (JsonNode entry : entries()) {
      for (String name :
          List.of(entry.path("name").asText(), entry.at("/condition/typeReachable").asText())) {
        if (find(name) == null) {
          missing.add(name);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyMethodThatIsNamedIsThereOnJdksThatHaveIt() throws Exception {
    List<String> missing = new ArrayList<>();
    for (JsonNode entry : entries()) {
      Class<?> type = find(entry.path("name").asText());
      for (JsonNode method : entry.path("methods")) {
        String name = method.path("name").asText();
        if (Stream.of(type.getMethods()).noneMatch(there -> there.getName().equals(name))) {
          missing.add(name);
        }
      }
    }

    assertThat(missing).isEqualTo(Runtime.version().feature() >= 21 ? List.of() : SINCE_17);
  }

  @Test
  void onlyTheseClassesFindAnythingByItsName() {
    assertThat(finders(TracingHttpClient.class))
        .as("classes that need an entry in reflect-config.json or resource-config.json")
        .containsExactly(
            "io.httptrace.client.NettyVersion",
            "io.httptrace.client.concurrent.VirtualThreads",
            "io.httptrace.client.connect.TlsParameters");
  }

  @Test
  void coreFindsNothingByItsName() {
    assertThat(finders(ClientTrace.class)).isEmpty();
  }

  private static Set<String> finders(Class<?> inModule) {
    return names(
        classesOf(inModule).stream()
            .filter(
                type ->
                    type.getAccessesFromSelf().stream()
                        .anyMatch(NativeImageTest::findsSomethingByItsName)));
  }

  private static boolean findsSomethingByItsName(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return owner.getPackageName().equals("java.lang.reflect")
        || owner.isEquivalentTo(MethodHandles.Lookup.class)
        || owner.getName().equals("java.util.ServiceLoader")
        || LOADING.contains(access.getName());
  }

  private static JavaClasses classesOf(Class<?> inModule) {
    return new ClassFileImporter()
        .importUrl(inModule.getProtectionDomain().getCodeSource().getLocation());
  }

  private static Set<String> names(Stream<JavaClass> types) {
    return types.map(JavaClass::getName).collect(TreeSet::new, Set::add, Set::addAll);
  }

  private static List<JsonNode> entries() throws IOException {
    try (InputStream in =
        TracingHttpClient.class.getResourceAsStream(DIRECTORY + "reflect-config.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false).toList();
    }
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name, false, NativeImageTest.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }
}
