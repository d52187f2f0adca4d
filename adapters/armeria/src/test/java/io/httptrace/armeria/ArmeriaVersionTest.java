package io.httptrace.armeria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.util.Version;
import io.httptrace.ClientTrace;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The versions of Armeria that it works with, and the one before. */
final class ArmeriaVersionTest {
  @Test
  void theTestsRunWithTheVersionTheyAreMeantFor() {
    assertThat(Version.get("armeria", WebClient.class.getClassLoader()).artifactVersion())
        .isEqualTo(System.getProperty("armeria.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() throws Exception {
    String older = System.getProperty("armeria.too.old");
    assertThat(older).isNotNull();
    List<URL> path = new ArrayList<>();
    path.add(Path.of(older).toUri().toURL());
    for (Class<?> other : List.of(ArmeriaTracing.class, ClientTrace.class)) {
      path.add(other.getProtectionDomain().getCodeSource().getLocation());
    }
    for (String other : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!new File(other).getName().startsWith("armeria-")) {
        path.add(Path.of(other).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(ArmeriaTracing.class.getName());
      ThrowingCallable create = () -> tracing.getMethod("create").invoke(null);

      assertThatThrownBy(create)
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("httptrace needs Armeria 1.35 or newer, and this is 1.34.2");
    }
  }
}
