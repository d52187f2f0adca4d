package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.net.InetAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Attempts to connect at the same time, which OkHttp makes on threads of their own. */
final class RacingAttemptsTest {
  @Test
  void theOneThatLosesIsToldToo() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    CountDownLatch ended = new CountDownLatch(2);
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart((network, address) -> events.add("start " + address))
            .connectDone(
                (network, address, error) -> {
                  events.add(
                      address + (error == null ? " connected" : " " + error.getClass().getName()));
                  ended.countDown();
                })
            .build();
    try (ScriptedServer server =
        ScriptedServer.builder("race")
            .hangingOn("127.0.0.2")
            .on("127.0.0.1")
            .connections(
                connection -> {
                  connection.readRequest();
                  connection.send(Site.HELLO);
                })
            .start()) {
      OkHttpClient client =
          OkHttpTracing.create()
              .install(
                  new OkHttpClient.Builder()
                      .proxy(Proxy.NO_PROXY)
                      .dns(
                          host ->
                              List.of(
                                  InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                                  InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))))
              .build();
      Request request =
          new Request.Builder()
              .url("http://two.test:" + server.port() + "/")
              .tag(ClientTrace.class, trace)
              .build();
      try (Response response = client.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo("hello");
      }
      assertThat(ended.await(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      client.connectionPool().evictAll();

      String hanging = "/127.0.0.2:" + server.port();
      String answering = "/127.0.0.1:" + server.port();
      assertThat(events)
          .startsWith("start " + hanging, "start " + answering)
          .containsExactlyInAnyOrder(
              "start " + hanging,
              "start " + answering,
              answering + " connected",
              hanging + " java.util.concurrent.CancellationException");
      assertThat(ConnectAttempt.count()).isZero();
    }
  }
}
