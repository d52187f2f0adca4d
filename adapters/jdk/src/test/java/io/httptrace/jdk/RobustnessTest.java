package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.GotConnInfo;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hooks that throw, block or send a request themselves. */
class RobustnessTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void closes() {
    Clients.close(client);
  }

  private static HttpRequest to(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
  }

  @Test
  void hooksThatThrowAreLoggedOnceAndTheRequestGoesOn() throws Exception {
    ClientTrace throwing =
        (ClientTrace)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ClientTrace.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("nonBlocking")) {
                    return false;
                  }
                  if (method.getReturnType() == void.class) {
                    throw new IllegalStateException(method.getName());
                  }
                  return method.getName().equals("hashCode") ? 1 : null;
                });
    Logger logger = Logger.getLogger(ClientTrace.class.getName());
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord r) {
            logged.add(r.getThrown().getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try (ScriptedServer server = Servers.answering("hello")) {
      for (int i = 0; i < 2; i++) {
        HttpRequest request = JdkTracing.traced(to(server.port()), throwing);
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
      }
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(before);
      logger.setUseParentHandlers(true);
    }
    assertThat(logged)
        .contains("roundTripStart", "getConn", "gotConn", "wroteHeaders", "gotResponse")
        .doesNotHaveDuplicates();
  }

  @Test
  void aHookThatBlocksHoldsUpItsRequestAndNoOther() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ClientTrace blocking =
        new ClientTrace() {
          @Override
          public void gotFirstResponseByte() {
            blocked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (ScriptedServer server = Servers.answering("hello")) {
      CompletableFuture<HttpResponse<String>> held =
          client.sendAsync(JdkTracing.traced(to(server.port()), blocking), BodyHandlers.ofString());
      assertThat(blocked.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

      for (int i = 0; i < 10; i++) {
        SeenHooks seen = new SeenHooks();
        HttpRequest other = JdkTracing.traced(to(server.port()), seen);
        assertThat(client.send(other, BodyHandlers.ofString()).body()).isEqualTo("hello");
        assertThat(seen.threads()).noneMatch(name -> name.contains("SelectorManager"));
      }
      assertThat(held).isNotDone();

      release.countDown();
      assertThat(held.get().body()).isEqualTo("hello");
    }
  }

  @Test
  void aHookMaySendARequestItself() throws Exception {
    try (ScriptedServer server = Servers.answering("hello")) {
      List<String> inside = new ArrayList<>();
      ClientTrace sending =
          new ClientTrace() {
            @Override
            public void gotConn(GotConnInfo info) {
              try {
                inside.add(client.send(to(server.port()), BodyHandlers.ofString()).body());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          };
      client.send(JdkTracing.traced(to(server.port()), sending), BodyHandlers.ofString());

      assertThat(inside).containsExactly("hello");
    }
  }
}
