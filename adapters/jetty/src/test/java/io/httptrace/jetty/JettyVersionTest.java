package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The versions of Jetty that it works with, and the one before. */
final class JettyVersionTest {
  @Test
  void theTestsRunWithTheVersionTheyAreMeantFor() {
    assertThat(Jetty.VERSION).isEqualTo(System.getProperty("jetty.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() throws Exception {
    String older = System.getProperty("jetty.too.old");
    assertThat(older).isNotNull();
    File[] jars = new File(older).listFiles((directory, name) -> name.endsWith(".jar"));
    assertThat(jars).isNotEmpty();
    List<URL> path = new ArrayList<>();
    for (File jar : jars) {
      path.add(jar.toURI().toURL());
    }
    for (Class<?> other : List.of(JettyTracing.class, ClientTrace.class, Logger.class)) {
      path.add(other.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(JettyTracing.class.getName());
      Class<?> client = loader.loadClass(HttpClient.class.getName());
      Object made = tracing.getMethod("create").invoke(null);
      ThrowingCallable install =
          () ->
              tracing
                  .getMethod("install", client)
                  .invoke(made, client.getConstructor().newInstance());

      Assertions.assertThatThrownBy(install)
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("httptrace needs Jetty 12.1 or newer, and this is 12.0.");
    }
  }
}
