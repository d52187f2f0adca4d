package io.httptrace.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.GotConnInfo;
import io.httptrace.conformance.hooks.BlockingHook;
import io.httptrace.conformance.hooks.EveryHook;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Hooks and consumers that throw, block or send a request themselves. */
@Isolated
class RobustnessTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final JdkTracing tracing = JdkTracing.installed().orElseThrow();

  @AfterEach
  void closes() {
    tracing.clientTrace(null);
    tracing.onTimeline(null);
    Clients.close(client);
  }

  private static HttpRequest to(int port) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
  }

  private String send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void hooksThatThrowAreLoggedOnceAndTheRequestGoesOn() throws Exception {
    ClientTrace throwing =
        EveryHook.of(
            hook -> {
              throw new IllegalStateException(hook);
            });
    try (CapturedLog log = CapturedLog.of(JdkTracing.class);
        ScriptedServer server = Servers.answering("hello")) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(JdkTracing.traced(to(server.port()), throwing))).isEqualTo("hello");
      }
      assertThat(log.thrown())
          .contains("roundTripStart", "getConn", "gotConn", "wroteHeaders", "gotResponse")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aTraceOfAllRequestsThatCannotBeMadeIsLoggedOnceAndTheRequestsOwnIsCalled() throws Exception {
    SeenHooks seen = new SeenHooks();
    tracing.clientTrace(
        request -> {
          throw new IllegalStateException("no trace");
        });
    try (CapturedLog log = CapturedLog.of(JdkTracing.class);
        ScriptedServer server = Servers.answering("hello")) {
      for (int i = 0; i < 2; i++) {
        assertThat(send(JdkTracing.traced(to(server.port()), seen))).isEqualTo("hello");
      }
      assertThat(log.messages())
          .containsExactly("the function of traces of all requests threw; logged once only");
    } finally {
      tracing.clientTrace(null);
    }
    assertThat(seen.events()).filteredOn("getConn"::equals).hasSize(2);
  }

  @Test
  void aConsumerOfAllTimelinesThatThrowsIsLoggedOnceAndTheRequestsOwnGetsThem() throws Exception {
    tracing.onTimeline(
        timeline -> {
          throw new IllegalStateException("no consumer");
        });
    try (CapturedLog log = CapturedLog.of(JdkTracing.class);
        ScriptedServer server = Servers.answering("hello")) {
      for (int i = 0; i < 2; i++) {
        CompletableFuture<Timeline> timeline = new CompletableFuture<>();
        CompletableFuture<Timeline> then = new CompletableFuture<>();
        HttpRequest request = JdkTracing.onTimeline(to(server.port()), timeline::complete);
        assertThat(send(JdkTracing.onTimeline(request, then::complete))).isEqualTo("hello");

        Timeline made = timeline.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(made.ended()).isTrue();
        assertThat(then.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isSameAs(made);
      }
      CompletableFuture<Timeline> last = new CompletableFuture<>();
      try (JdkTracing other = JdkTracing.install(tracing.installation().instrumentation())) {
        other.onTimeline(last::complete); // It gets them after the one that throws.
        send(to(server.port()));
        last.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(log.messages())
          .containsExactly("the consumer of timelines of all requests threw; logged once only");
    }
  }

  @Test
  void aHookThatBlocksHoldsUpItsRequestAndNoOther() throws Exception {
    BlockingHook hook = new BlockingHook();
    ClientTrace blocking = ClientTrace.builder().gotFirstResponseByte(hook).build();
    try (ScriptedServer server = Servers.answering("hello")) {
      CompletableFuture<HttpResponse<String>> held =
          client.sendAsync(JdkTracing.traced(to(server.port()), blocking), BodyHandlers.ofString());
      hook.awaitCall();

      for (int i = 0; i < 10; i++) {
        SeenHooks seen = new SeenHooks();
        assertThat(send(JdkTracing.traced(to(server.port()), seen))).isEqualTo("hello");
        seen.events();
        assertThat(seen.threads()).noneMatch(name -> name.contains("SelectorManager"));
      }
      assertThat(held).isNotDone();

      hook.release();
      assertThat(held.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("hello");
    }
  }

  /** Such an executor runs on the selector's thread what the selector's thread gives to it. */
  @Test
  void hooksAndConsumersAreNotCalledOnTheSelectorsThreadByAnExecutorThatRunsAtOnce()
      throws Exception {
    SeenHooks seen = new SeenHooks();
    CompletableFuture<String> consumersThread = new CompletableFuture<>();
    HttpClient direct =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();
    try (ScriptedServer server = Servers.answering("hello")) {
      HttpRequest request =
          JdkTracing.onTimeline(
              to(server.port()),
              timeline -> consumersThread.complete(Thread.currentThread().getName()));
      HttpResponse<String> response =
          direct
              .sendAsync(JdkTracing.traced(request, seen), BodyHandlers.ofString())
              .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(response.body()).isEqualTo("hello");

      assertThat(seen.events()).endsWith("roundTripDone(COMPLETED none)");
      assertThat(seen.threads()).noneMatch(name -> name.contains("SelectorManager"));
      assertThat(consumersThread.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .doesNotContain("SelectorManager");
    } finally {
      Clients.close(direct);
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
                inside.add(send(to(server.port())));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          };
      send(JdkTracing.traced(to(server.port()), sending));

      assertThat(inside).containsExactly("hello");
    }
  }

  @Test
  void aHookThatThrowsAbortsItsRequestWithSuchAnExecutorToo() throws Exception {
    ClientTrace veto =
        new ClientTrace() {
          @Override
          public void got1xxResponse(int code, Map<String, List<String>> header)
              throws IOException {
            throw new IOException("no hints");
          }
        };
    HttpClient direct =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();
    try (ScriptedServer server =
        Servers.with(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 103 Early Hints\r\n\r\n");
              connection.awaitPeerClose();
            })) {
      CompletableFuture<HttpResponse<String>> sent =
          direct.sendAsync(JdkTracing.traced(to(server.port()), veto), BodyHandlers.ofString());

      assertThatThrownBy(() -> sent.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .rootCause()
          .hasMessage("no hints");
    } finally {
      Clients.close(direct);
    }
  }
}
