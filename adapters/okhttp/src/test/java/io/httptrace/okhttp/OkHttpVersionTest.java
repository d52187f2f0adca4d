package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kotlin.jvm.functions.Function0;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The versions of OkHttp that it works with, and the one before. */
final class OkHttpVersionTest {
  @Test
  void theTestsRunWithTheVersionTheyAreMeantFor() throws ReflectiveOperationException {
    // Not as a constant, which the compiler would copy.
    Object version = Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
    assertThat(version).isEqualTo(System.getProperty("okhttp.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() throws Exception {
    String older = System.getProperty("okhttp.too.old");
    assertThat(older).isNotNull();
    List<URL> path = new ArrayList<>();
    path.add(Path.of(older).toUri().toURL());
    for (Class<?> other :
        List.of(OkHttpTracing.class, ClientTrace.class, Function0.class, Buffer.class)) {
      path.add(other.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(OkHttpTracing.class.getName());
      Class<?> builder = loader.loadClass(OkHttpClient.Builder.class.getName());
      Object made = tracing.getMethod("create").invoke(null);
      ThrowingCallable install =
          () ->
              tracing
                  .getMethod("install", builder)
                  .invoke(made, builder.getConstructor().newInstance());

      Assertions.assertThatThrownBy(install)
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("httptrace needs OkHttp 5.4 or newer, and this is 5.3.2");
    }
  }
}
