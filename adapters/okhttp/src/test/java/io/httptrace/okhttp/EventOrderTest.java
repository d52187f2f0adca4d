package io.httptrace.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.timeline.RoundTrip;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import okhttp3.Cache;
import okhttp3.Credentials;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hooks are called, and in which order. */
final class EventOrderTest {
  private static final List<String> DIALLED =
      List.of("roundTripStart", "getConn", "connectStart", "connectDone", "gotConn");
  private static final List<String> REUSED = List.of("roundTripStart", "getConn", "gotConn");
  private static final List<String> WITHOUT_BODY =
      List.of(
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse");
  private static final List<String> PUT_BACK = List.of("putIdleConn", "roundTripDone");
  private static final List<String> DONE = List.of("roundTripDone");

  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();
  private OkHttpClient client = OkHttpTracing.create().install(new OkHttpClient.Builder()).build();

  @AfterEach
  void close() {
    client.connectionPool().evictAll();
    site.close();
  }

  private Request request(String url) {
    return new Request.Builder().url(url).tag(ClientTrace.class, events.trace()).build();
  }

  private void get(String path) throws IOException {
    try (Response response = client.newCall(request(site.url(path))).execute()) {
      response.body().bytes();
    }
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  @Test
  void aColdRequestThenOneThatReuses() throws IOException {
    get("/ok");
    get("/ok");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aBodyIsWrittenAfterTheHead() throws IOException {
    Request post =
        request(site.url("/ok")).newBuilder().post(RequestBody.create(new byte[3])).build();
    client.newCall(post).execute().close();

    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aRedirectToTheSameHostKeepsTheConnection() throws IOException {
    get("/redirect");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, DONE, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aRedirectElsewhereGivesItBackFirst() throws IOException {
    try (PathServer other = new PathServer()) {
      site.elsewhere(other.url("/ok"));
      get("/elsewhere");
      client.connectionPool().evictAll();
    }

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK, DIALLED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void credentialsAreAnotherRoundTrip() throws IOException {
    client =
        client
            .newBuilder()
            .authenticator(
                (route, response) ->
                    response
                        .request()
                        .newBuilder()
                        .header("Authorization", Credentials.basic("a", "b"))
                        .build())
            .build();
    get("/secret");

    assertThat(events.recorder().timeline().roundTrips())
        .extracting(RoundTrip::toString)
        .hasSize(2);
    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, DONE, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aNameIsLookedUp() throws IOException {
    client.newCall(request("http://localhost:" + site.port() + "/ok")).execute().close();

    assertThat(events.names())
        .startsWith("roundTripStart", "getConn", "dnsStart", "dnsDone", "connectStart");
  }

  @Test
  void anAnswerFromTheCacheHasNoHooks(@TempDir Path directory) throws IOException {
    client = client.newBuilder().cache(new Cache(new File(directory.toString()), 1 << 20)).build();
    get("/cached");
    int before = events.names().size();
    get("/cached");

    assertThat(events.names()).hasSize(before);
    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void anInterceptorThatRepeatsTheRequestMakesAnotherRoundTrip() throws IOException {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  chain.proceed(chain.request()).close();
                  return chain.proceed(chain.request());
                });
    client = OkHttpTracing.create().install(builder).build();
    get("/ok");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WITHOUT_BODY, DONE, REUSED, WITHOUT_BODY, PUT_BACK));
  }

  @Test
  void aSocketFactoryOfTheApplicationIsKept() throws IOException {
    List<Socket> made = new ArrayList<>();
    SocketFactory own = new OwnSockets(made);
    client = OkHttpTracing.create().install(new OkHttpClient.Builder().socketFactory(own)).build();
    get("/ok");

    assertThat(made).hasSize(1);
    assertThat(events.names()).isEqualTo(all(DIALLED, WITHOUT_BODY, PUT_BACK));
    assertThat(events.recorder().timeline().hookSupport()).isEqualTo(Supports.of(false, false));
  }

  @Test
  void aRefusedConnectionIsToldOnce() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    try {
      client.newCall(request("http://127.0.0.1:" + port)).execute().close();
    } catch (IOException refused) {
      // It is what this is about.
    }

    assertThat(events.names())
        .containsExactly(
            "roundTripStart", "getConn", "connectStart", "connectDone", "roundTripDone");
  }

  @Test
  void aBodyThatFailsAfterA100IsToldToo() {
    RequestBody failing =
        new RequestBody() {
          @Override
          public @Nullable MediaType contentType() {
            return null;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            throw new IOException("no body");
          }
        };
    try (ScriptedServer server =
        ScriptedServer.builder("continue")
            .otherConnections(
                connection -> {
                  connection.readHead();
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.awaitPeerClose();
                })
            .start()) {
      Request post =
          request("http://127.0.0.1:" + server.port())
              .newBuilder()
              .header("Expect", "100-continue")
              .post(failing)
              .build();
      assertThatThrownBy(() -> client.newCall(post).execute()).hasMessage("no body");
    }

    assertThat(events.names())
        .isEqualTo(
            all(
                DIALLED,
                List.of(
                    "wroteHeaderField",
                    "wroteHeaders",
                    "wait100Continue",
                    "gotFirstResponseByte",
                    "got100Continue",
                    "wroteRequest"),
                DONE));
  }

  @Test
  void aRequestThatIsRepeatedAfterAnUncheckedExceptionEndsWhatWasUnderWay() throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  if (!asked.getAndSet(true)) {
                    throw new IllegalStateException("not yet");
                  }
                  return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                })
            .addInterceptor(
                chain -> {
                  try {
                    return chain.proceed(chain.request());
                  } catch (IllegalStateException again) {
                    return chain.proceed(chain.request());
                  }
                });
    client = OkHttpTracing.create().install(builder).build();
    client.newCall(request("http://name.test:" + site.port() + "/ok")).execute().close();

    List<String> lookup = List.of("roundTripStart", "getConn", "dnsStart", "dnsDone");
    List<String> connect = List.of("connectStart", "connectDone", "gotConn");
    assertThat(events.names())
        .isEqualTo(all(lookup, DONE, lookup, connect, WITHOUT_BODY, PUT_BACK));
  }
}
