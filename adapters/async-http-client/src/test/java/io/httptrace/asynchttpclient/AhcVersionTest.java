package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.NameResolver;
import io.netty.util.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The versions of AsyncHttpClient that it works with, and the ones before. */
final class AhcVersionTest {
  @Test
  void theTestsRunWithTheVersionTheyAreMeantFor() throws IOException {
    // The version that the library itself tells has not been filled in.
    Properties pom = new Properties();
    try (InputStream in =
        AsyncHttpClient.class.getResourceAsStream(
            "/META-INF/maven/org.asynchttpclient/async-http-client/pom.properties")) {
      pom.load(in);
    }
    assertThat(pom).containsEntry("version", System.getProperty("ahc.expected"));
  }

  @Test
  void anOlderVersionIsRefusedWithAClearError() throws Exception {
    String older = System.getProperty("ahc.too.old");
    assertThat(older).isNotNull();
    List<URL> path = new ArrayList<>();
    path.add(Path.of(older).toUri().toURL());
    for (Class<?> other :
        List.of(
            AsyncHttpClientTracing.class,
            ClientTrace.class,
            ByteBuf.class,
            DecoderResultProvider.class,
            Channel.class,
            HttpHeaders.class,
            SslContext.class,
            NameResolver.class,
            Timer.class,
            Logger.class)) {
      path.add(other.getProtectionDomain().getCodeSource().getLocation());
    }
    try (URLClassLoader loader =
        new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> tracing = loader.loadClass(AsyncHttpClientTracing.class.getName());
      Class<?> builder = loader.loadClass(DefaultAsyncHttpClientConfig.Builder.class.getName());
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
          .hasMessage("httptrace needs AsyncHttpClient 3.0 or newer, and this is 2.12.3");
    }
  }
}
