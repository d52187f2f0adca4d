package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.client.concurrent.Turn;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolver;
import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.InternalThreadLocalMap;
import java.io.File;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that has been closed is not kept by the threads of those who have used it. */
class UnloadingTest {
  private static final Duration LIMIT = Waiting.LIMIT;

  /** One class of each library the client needs. */
  private static final List<Class<?>> LIBRARIES =
      List.of(
          TracingHttpClient.class,
          ClientTrace.class,
          Recycler.class,
          ByteBuf.class,
          Channel.class,
          AddressResolver.class,
          ByteToMessageDecoder.class,
          SslHandler.class,
          HttpObject.class,
          Http2Connection.class,
          Socks5Message.class);

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private ScriptedServer server(boolean secure) {
    return guard.watch(
        ScriptedServer.builder("origin")
            .otherConnections(
                connection -> {
                  if (secure) {
                    connection.startTls(ServerTls.with(TestCertificate.GOOD));
                  }
                  while (true) {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                  }
                })
            .start());
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itsClassLoaderCanBeCollected(boolean async) throws Exception {
    String classPath =
        LIBRARIES.stream()
            .map(UnloadingTest::home)
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home(UnloadedClient.class).toString(),
                UnloadedClient.class.getName(),
                "http://127.0.0.1:" + server(false).port() + "/",
                Boolean.toString(async),
                classPath)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines("nothing is left");
    } finally {
      child.destroy();
    }
  }

  /** Runs something on a thread of somebody else's, and tells what is there of Netty afterwards. */
  private static boolean leavesSomething(ExecutorService thread, Task task) throws Exception {
    return thread
        .submit(
            () -> {
              task.run();
              return InternalThreadLocalMap.getIfSet() != null;
            })
        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private interface Task {
    void run() throws Exception;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noThreadKeepsAnythingOfNetty(boolean secure) throws Exception {
    ScriptedServer server = server(secure);
    String uri = (secure ? "https" : "http") + "://example.test:" + server.port() + "/";
    HttpRequest get = HttpRequest.newBuilder(URI.create(uri)).build();
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.ofString("some body")).build();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    ExecutorService resolving = Executors.newSingleThreadExecutor();
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .trustManager(TestCertificate.trusting())
            .executor(executor)
            .resolver(
                host ->
                    CompletableFuture.supplyAsync(
                        () -> List.of(InetAddress.getLoopbackAddress()), resolving))
            .build()) {
      for (HttpRequest request : List.of(get, post)) {
        assertThat(leavesSomething(caller, () -> client.send(request, BodyHandlers.ofString())))
            .isFalse();
        assertThat(
                leavesSomething(
                    caller,
                    () ->
                        client
                            .sendAsync(request, BodyHandlers.ofInputStream())
                            .get(LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .body()
                            .close()))
            .isFalse();
        assertThat(leavesSomething(caller, client::closeIdleConnections)).isFalse();
        assertThat(
                leavesSomething(
                    caller, () -> client.sendAsync(request, BodyHandlers.ofString()).cancel(true)))
            .isFalse();
      }
      assertThat(leavesSomething(caller, client::shutdownNow)).isFalse();
      assertThat(leavesSomething(caller, client::close)).isFalse();
      assertThat(leavesSomething(executor, () -> {})).isFalse();
      assertThat(leavesSomething(resolving, () -> {})).isFalse();
    } finally {
      Stream.of(caller, executor, resolving).forEach(ExecutorService::shutdown);
    }
  }

  /** Somebody else may use the same Netty on the thread. */
  @Test
  void whatWasThereBeforeStays() throws Exception {
    FastThreadLocal<String> others = new FastThreadLocal<>();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      String kept =
          caller
              .submit(
                  () -> {
                    others.set("kept");
                    Turn.run(() -> new FastThreadLocal<String>().set("ours"));
                    String value = others.get();
                    FastThreadLocal.removeAll();
                    return value;
                  })
              .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(kept).isEqualTo("kept");
    } finally {
      caller.shutdown();
    }
  }
}
