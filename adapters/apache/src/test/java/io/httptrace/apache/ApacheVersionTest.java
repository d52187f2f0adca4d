package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.util.VersionInfo;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The versions of HttpClient that it works with, and the one before. */
final class ApacheVersionTest {
  @Test
  void theTestsRunWithTheVersionTheyAreMeantFor() {
    VersionInfo info =
        VersionInfo.loadVersionInfo("org.apache.hc.client5", getClass().getClassLoader());
    assertThat(info.getRelease()).isEqualTo(System.getProperty("apache.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() throws Exception {
    String older = System.getProperty("apache.too.old");
    assertThat(older).isNotNull();
    List<URL> path = new ArrayList<>();
    path.add(Path.of(older).toUri().toURL());
    for (Class<?> other :
        List.of(
            ApacheTracing.class,
            ClientTrace.class,
            HttpRequest.class,
            HttpVersionPolicy.class,
            Logger.class)) {
      path.add(other.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(ApacheTracing.class.getName());
      Class<?> builder = loader.loadClass(HttpClientBuilder.class.getName());
      Object made = tracing.getMethod("create").invoke(null);
      ThrowingCallable install =
          () ->
              tracing
                  .getMethod("install", builder)
                  .invoke(made, builder.getMethod("create").invoke(null));

      Assertions.assertThatThrownBy(install)
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("httptrace needs Apache HttpClient 5.5 or newer, and this is 5.4.4");
    }
  }
}
