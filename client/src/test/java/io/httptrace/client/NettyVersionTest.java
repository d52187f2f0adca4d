package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.ClientTrace;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolver;
import io.netty.util.Recycler;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application is told that has another Netty than the client needs. */
class NettyVersionTest {
  private static final List<Class<?>> CLIENT = List.of(TracingHttpClient.class, ClientTrace.class);
  private static final List<Class<?>> NETTY =
      List.of(
          Recycler.class,
          ByteBuf.class,
          Channel.class,
          AddressResolver.class,
          ByteToMessageDecoder.class,
          HttpObject.class,
          Http2Connection.class,
          SslHandler.class,
          Socks5Message.class);
  private static final String ADVICE =
      ". Use httptrace-client-shaded in its place, which has a Netty of its own and leaves this one"
          + " to others; or set the version of all io.netty artifacts to 4.2, also where another"
          + " BOM manages it (for Spring Boot: the property netty.version).";

  @Test
  void anOlderNettyIsNamedAndWhatToDo() throws Exception {
    List<URL> olderNetty = older("");

    assertThat(failure(olderNetty))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "httptrace-client needs Netty 4.2, but there is Netty " + olderVersion() + ADVICE);
  }

  @Test
  void eachJarIsNamedIfTheyDoNotGoTogether() throws Exception {
    List<URL> mixed = older("netty-handler-");
    mixed.addAll(locations(NETTY));
    String version = version("netty-common", locations(List.of(Recycler.class)));

    assertThat(failure(mixed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "httptrace-client needs Netty 4.2, but there is"
                + (" netty-common " + version + ",")
                + (" netty-buffer " + version + ",")
                + (" netty-transport " + version + ",")
                + (" netty-codec-base " + version + ",")
                + (" netty-codec-http " + version + ",")
                + (" netty-codec-http2 " + version + ",")
                + (" netty-codec-socks " + version + ",")
                + (" netty-handler " + olderVersion())
                + ADVICE);
  }

  @Test
  void aMissingJarIsNamed() throws Exception {
    List<Class<?>> some = new ArrayList<>(NETTY);
    some.remove(Socks5Message.class);

    assertThat(failure(locations(some)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(", netty-codec-socks missing, ");
  }

  @Test
  void noNettyAtAllIsNamed() throws Exception {
    assertThat(failure(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("httptrace-client needs Netty 4.2, but there is no Netty" + ADVICE);
  }

  @Test
  void theNettyTheClientIsBuiltWithFits() throws Exception {
    assertThat(failure(locations(NETTY))).isNull();
  }

  /** What building a client throws where there is this Netty and no other. */
  private static Throwable failure(List<URL> netty) throws Exception {
    List<URL> urls = new ArrayList<>(locations(CLIENT));
    urls.addAll(netty);
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("io.httptrace.client.TracingHttpClient");
      Throwable thrown =
          catchThrowable(
              () -> {
                HttpClient.Builder builder =
                    (HttpClient.Builder) type.getMethod("newBuilder").invoke(null);
                type.getMethod("close").invoke(builder.build());
              });
      return thrown instanceof InvocationTargetException invoked ? invoked.getCause() : thrown;
    }
  }

  private static List<URL> locations(List<Class<?>> types) {
    return types.stream().map(t -> t.getProtectionDomain().getCodeSource().getLocation()).toList();
  }

  /** The jars of Netty 4.1 that the build lays ready, those whose names begin so. */
  private static List<URL> older(String prefix) throws Exception {
    try (Stream<Path> jars = Files.list(Path.of("target", "older-netty"))) {
      List<URL> found = new ArrayList<>();
      for (Path jar : jars.toList()) {
        if (jar.getFileName().toString().startsWith(prefix)) {
          found.add(jar.toUri().toURL());
        }
      }
      assertThat(found).isNotEmpty();
      return found;
    }
  }

  private static String olderVersion() throws Exception {
    return version("netty-handler", older("netty-handler-"));
  }

  private static String version(String artifact, List<URL> jars) throws Exception {
    try (URLClassLoader loader =
            new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
        InputStream in = loader.getResourceAsStream("META-INF/io.netty.versions.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty(artifact + ".version");
    }
  }
}
