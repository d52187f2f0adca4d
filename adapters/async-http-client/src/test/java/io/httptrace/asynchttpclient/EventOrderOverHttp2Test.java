package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.junit.jupiter.api.Test;

/**
 * Which hooks are called over HTTP/2. A version that does not speak it uses HTTP/1.1, with the same
 * hooks and one more.
 */
final class EventOrderOverHttp2Test {
  private final HookNames events = new HookNames();
  private final List<String> protocols = new CopyOnWriteArrayList<>();

  private static AsyncHttpClient client() {
    DefaultAsyncHttpClientConfig.Builder config = AhcTestConfig.quick();
    AhcTestConfig.setTls(config, TestCertificate.trustingContext(), AhcTestConfig.hasHttp2(), true);
    return asyncHttpClient(AsyncHttpClientTracing.create().install(config));
  }

  private static ScriptedServer server() {
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    return ScriptedServer.builder("server")
        .otherConnections(
            service.secured(
                ServerTls.with(TestCertificate.GOOD),
                connection -> {
                  while (!connection.readRequest().requestLine().isEmpty()) {
                    connection.send(PathServer.hello());
                  }
                }))
        .start();
  }

  @Test
  void aColdRequestThenOneThatReuses() throws Exception {
    ClientTrace protocol =
        ClientTrace.builder()
            .gotConn(info -> protocols.add(info.connection().protocol() + info.reused()))
            .build();
    try (ScriptedServer server = server();
        AsyncHttpClient client = client()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      Calls.send(client, url, events.trace());
      Calls.send(client, url, protocol);
      Calls.send(client, url, events.trace());
    }

    boolean http2 = AhcTestConfig.hasHttp2();
    List<String> exchange =
        new ArrayList<>(
            List.of(
                "gotConn",
                "wroteHeaderField",
                "wroteHeaders",
                "wroteRequest",
                "gotFirstResponseByte",
                "gotResponse"));
    if (!http2) {
      exchange.add("putIdleConn");
    }
    exchange.add("roundTripDone");
    List<String> all =
        new ArrayList<>(
            List.of(
                "roundTripStart",
                "getConn",
                "connectStart",
                "connectDone",
                "tlsHandshakeStart",
                "tlsHandshakeDone"));
    all.addAll(exchange);
    all.addAll(List.of("roundTripStart", "getConn"));
    all.addAll(exchange);
    assertThat(events.names()).isEqualTo(all);
    assertThat(protocols).containsExactly(http2 ? "HTTP/2true" : "HTTP/1.1true");
  }

  @Test
  void eachRequestOfManyAtOnceHasItsOwnEvents() throws Exception {
    List<HookNames> each = new ArrayList<>();
    List<String> paths = new CopyOnWriteArrayList<>();
    List<CompletableFuture<?>> futures = new ArrayList<>();
    try (ScriptedServer server = server();
        AsyncHttpClient client = client()) {
      String url = "https://127.0.0.1:" + server.port() + "/";
      Calls.send(client, url, events.trace());
      for (int i = 0; i < 20; i++) {
        HookNames own = new HookNames();
        String sent = i + " ";
        ClientTrace path =
            ClientTrace.builder()
                .wroteHeaderField(
                    (name, value) -> {
                      if (name.equals(":path")) {
                        paths.add(sent + value.get(0));
                      }
                    })
                .build();
        each.add(own);
        String target = url + i;
        futures.add(
            TraceContext.current()
                .withClientTrace(path)
                .call(
                    () ->
                        client
                            .executeRequest(
                                Calls.get(target),
                                AsyncHttpClientTracing.traced(new Calls.Whole(), own.trace()))
                            .toCompletableFuture()));
      }
      CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).join();

      for (int i = 0; i < 20; i++) {
        assertThat(each.get(i).names())
            .containsOnlyOnce("wroteHeaders", "gotFirstResponseByte", "gotResponse")
            .endsWith("roundTripDone");
        assertThat(each.get(i).recorder().timeline().ended()).isTrue();
      }
      assertThat(paths)
          .containsExactlyInAnyOrderElementsOf(AhcTestConfig.hasHttp2() ? asked() : List.of());
    }
  }

  private static List<String> asked() {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(i + " /" + i);
    }
    return asked;
  }
}
