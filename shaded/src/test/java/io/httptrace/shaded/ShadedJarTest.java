package io.httptrace.shaded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as others get it: what is in it, and programs that have it and core and nothing else. */
class ShadedJarTest {
  private static final Path JAR = Path.of(System.getProperty("shaded.jar"));
  private static final Pattern NAME = Pattern.compile("\"(io\\.httptrace\\.[\\w.$]+)\"");
  private static final List<String> PRINTED =
      List.of("DNS", "connected", "connection", "first byte", "200 hello");

  @TempDir private Path directory;

  @Test
  void aProgramRunsWithItOnTheClassPath() throws Exception {
    Path program = program();

    assertThat(lines(List.of("-cp", JAR + File.pathSeparator + core(), program.toString())))
        .containsExactlyElementsOf(with("unnamed module"));
  }

  @Test
  void aProgramRunsWithItOnTheModulePath() throws Exception {
    Path program = program();

    List<String> printed =
        lines(
            List.of(
                "--module-path",
                JAR + File.pathSeparator + core(),
                "--add-modules",
                "io.httptrace.client",
                program.toString()));

    assertThat(printed).containsExactlyElementsOf(with("module io.httptrace.client"));
  }

  @Test
  void itsModuleNamesWhatItNeedsAndExportsWhatTheClientExports() {
    ModuleDescriptor module = descriptor();

    assertThat(module.name()).isEqualTo("io.httptrace.client");
    assertThat(module.exports().stream().map(Object::toString))
        .containsExactlyInAnyOrder("io.httptrace.client", "io.httptrace.client.errors");
    assertThat(
            module.requires().stream()
                .filter(needed -> !needed.modifiers().contains(Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name))
        .containsExactlyInAnyOrder(
            "io.httptrace", "java.base", "java.logging", "java.net.http", "jdk.unsupported");
  }

  @Test
  void noClassIsWhereNettyHasIt() throws Exception {
    assertThat(entries())
        .noneMatch(name -> name.startsWith("io/netty/") || name.startsWith("META-INF/versions/"))
        .anyMatch(name -> name.equals("io/httptrace/shaded/netty/channel/Channel.class"));
  }

  @Test
  void noClassNamesNettyAsItIsNamedElsewhere() throws Exception {
    List<String> naming = new ArrayList<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (ZipEntry entry : jar.stream().collect(Collectors.toList())) {
        if (entry.getName().endsWith(".class") || entry.getName().contains("native-image")) {
          String content = new String(read(jar, entry), StandardCharsets.ISO_8859_1);
          if (content.contains("Lio/netty/") || content.contains("\"io.netty.")) {
            naming.add(entry.getName());
          }
        }
      }
    }

    assertThat(naming).isEmpty();
  }

  @Test
  void itHasTheLicencesOfWhatIsInside() throws Exception {
    assertThat(entries())
        .contains(
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/license/LICENSE.webbit.txt",
            "META-INF/license/LICENSE.slf4j.txt",
            "META-INF/license/LICENSE.hyper-hpack.txt",
            "META-INF/license/LICENSE.nghttp2-hpack.txt");
  }

  @Test
  void whatGraalvmHasToKnowOfNettyIsThereUnderTheNewNames() throws Exception {
    String file =
        "META-INF/native-image/io.httptrace/httptrace-client-shaded/netty-common/native-image.properties";
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(new String(read(jar, jar.getEntry(file)), StandardCharsets.UTF_8))
          .contains("io.httptrace.shaded.netty.util");
    }
  }

  @Test
  void whatGraalvmHasToKnowNamesClassesOfTheJar() throws Exception {
    Set<String> entries = Set.copyOf(entries());
    List<String> named = new ArrayList<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (String file : entries) {
        if (file.endsWith("/reflect-config.json")) {
          String content = new String(read(jar, jar.getEntry(file)), StandardCharsets.UTF_8);
          NAME.matcher(content).results().forEach(name -> named.add(name.group(1)));
        }
      }
    }

    assertThat(named)
        .contains(
            "io.httptrace.client.http1.Http1Handler",
            "io.httptrace.shaded.netty.channel.IoHandler",
            "io.httptrace.shaded.netty.handler.ssl.SslHandler")
        .allMatch(name -> entries.contains(name.replace('.', '/') + ".class"));
  }

  /** What the program prints, which asks a server of this process. */
  private static List<String> lines(List<String> arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
      command.addAll(arguments);
      command.add("http://localhost:" + server.getAddress().getPort() + "/");
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.lines().toList();
    } finally {
      server.stop(0);
    }
  }

  private static List<String> with(String module) {
    List<String> lines = new ArrayList<>(PRINTED);
    lines.add(module);
    return lines;
  }

  private Path program() throws IOException {
    return Files.writeString(
        directory.resolve("Program.java"),
        """
        import io.httptrace.ClientTrace;
        import io.httptrace.client.TracedRequest;
        import io.httptrace.client.TracingHttpClient;
        import java.net.URI;
        import java.net.http.HttpRequest;
        import java.net.http.HttpResponse;
        import java.net.http.HttpResponse.BodyHandlers;

        class Program {
          public static void main(String[] args) throws Exception {
            ClientTrace trace =
                ClientTrace.builder()
                    .dnsDone(info -> System.out.println("DNS"))
                    .connectDone((network, address, error) -> System.out.println("connected"))
                    .gotConn(info -> System.out.println("connection"))
                    .gotFirstResponseByte(() -> System.out.println("first byte"))
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
            try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
              HttpResponse<String> response =
                  client.send(TracedRequest.of(request, trace), BodyHandlers.ofString());
              System.out.println(response.statusCode() + " " + response.body());
            }
            Module module = TracingHttpClient.class.getModule();
            System.out.println(module.isNamed() ? module.toString() : "unnamed module");
          }
        }
        """);
  }

  private static Path core() throws Exception {
    URI location =
        io.httptrace.ClientTrace.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(location);
  }

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(JAR).findAll().iterator().next().descriptor();
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    }
  }

  private static byte[] read(JarFile jar, ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
