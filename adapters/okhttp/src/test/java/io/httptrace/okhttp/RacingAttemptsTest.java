package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attempts to connect at the same time, which OkHttp makes on threads of their own. */
final class RacingAttemptsTest {
  private final List<String> events = new CopyOnWriteArrayList<>();

  /** {@return a builder of a client that tries 127.0.0.2 first, and then 127.0.0.1} */
  private static OkHttpClient.Builder racing() {
    return new OkHttpClient.Builder()
        .proxy(Proxy.NO_PROXY)
        .dns(
            host ->
                List.of(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
  }

  /**
   * {@return a traced client that opens a gate when the adapter knows of an attempt that failed}
   */
  private static OkHttpClient telling(OkHttpClient.Builder builder, Gate lost) {
    EventListener last =
        new EventListener() {
          @Override
          public void connectFailed(
              Call call,
              InetSocketAddress address,
              Proxy proxy,
              @Nullable Protocol protocol,
              IOException error) {
            lost.open();
          }
        };
    return OkHttpTracing.create()
        .install(builder)
        .addInterceptor(
            chain -> {
              chain.call().addEventListener(last); // it is called after the adapter's
              return chain.proceed(chain.request());
            })
        .build();
  }

  private static void get(OkHttpClient client, String url, ClientTrace trace) throws IOException {
    Request request = new Request.Builder().url(url).tag(ClientTrace.class, trace).build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.body().string()).isEqualTo("hello");
    }
  }

  private static void await(Gate gate) {
    try {
      gate.await(Waiting.LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return a server that answers at 127.0.0.1, and at 127.0.0.2 accepts nobody} */
  private static ScriptedServer serverOfOneAddress() throws IOException {
    return ScriptedServer.builder("race")
        .hangingOn("127.0.0.2")
        .on("127.0.0.1")
        .connections(
            connection -> {
              connection.readRequest();
              connection.send(PathServer.hello());
            })
        .start();
  }

  @Test
  void theOneThatLosesIsToldToo() throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    Gate first = new Gate();
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart(
                (network, address) -> {
                  if (address.toString().startsWith("/127.0.0.1")) {
                    await(first);
                  }
                  events.add("start " + address);
                  first.open();
                })
            .connectDone(
                (network, address, error) -> {
                  events.add(
                      address + (error == null ? " connected" : " " + error.getClass().getName()));
                  ended.countDown();
                })
            .build();
    try (ScriptedServer server = serverOfOneAddress()) {
      OkHttpClient client = OkHttpTracing.create().install(racing()).build();
      get(client, "http://two.test:" + server.port() + "/", trace);
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

  @Test
  void oneThatLosesWhenItIsConnectedLeavesTheHandshakeOfTheOther() throws Exception {
    Gate connected = new Gate();
    Gate won = new Gate();
    Gate lost = new Gate();
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart(
                (network, address) -> {
                  if (address.toString().startsWith("/127.0.0.1")) {
                    await(connected);
                  }
                })
            .connectDone(
                (network, address, error) -> {
                  events.add(address.toString().split(":", -1)[0] + " " + error);
                  if (address.toString().startsWith("/127.0.0.2")) {
                    connected.open();
                    await(won);
                  }
                })
            .tlsHandshakeStart(
                () -> {
                  events.add("tlsHandshakeStart");
                  won.open();
                  await(lost);
                })
            .tlsHandshakeDone((state, error) -> events.add("tlsHandshakeDone " + error))
            .build();
    try (ScriptedServer server =
        ScriptedServer.builder("race")
            .on("127.0.0.2")
            .on("127.0.0.1")
            .otherConnections(
                connection -> {
                  connection.startTls(ServerTls.with(TestCertificate.GOOD));
                  connection.readRequest();
                  connection.send(PathServer.hello());
                })
            .start()) {
      OkHttpClient.Builder builder =
          racing()
              .sslSocketFactory(
                  TestCertificate.trustingContext().getSocketFactory(), TestCertificate.trusting());
      OkHttpClient client = telling(builder, lost);
      get(client, "https://example.test:" + server.port() + "/", trace);
      client.connectionPool().evictAll();

      assertThat(lost.isOpen()).isTrue();
      assertThat(events)
          .containsExactly(
              "/127.0.0.2 null", "/127.0.0.1 null", "tlsHandshakeStart", "tlsHandshakeDone null");
    }
  }

  @Test
  void oneThatBeginsWhenAnotherHasWonIsNotTold() throws Exception {
    Gate got = new Gate();
    Gate lost = new Gate();
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart((network, address) -> events.add("start " + address))
            .connectDone((network, address, error) -> events.add("done " + address + " " + error))
            .gotConn(info -> got.open())
            .build();
    EventListener first =
        new EventListener() {
          @Override
          public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            if (address.toString().contains("127.0.0.2")) {
              await(got);
            }
          }
        };
    try (ScriptedServer server = serverOfOneAddress()) {
      OkHttpClient client = telling(racing().eventListener(first), lost);
      get(client, "http://two.test:" + server.port() + "/", trace);
      assertThat(lost.await(Waiting.LIMIT)).isTrue();
      client.connectionPool().evictAll();

      String answering = "/127.0.0.1:" + server.port();
      assertThat(events).containsExactly("start " + answering, "done " + answering + " null");
      assertThat(ConnectAttempt.count()).isZero();
    }
  }
}
