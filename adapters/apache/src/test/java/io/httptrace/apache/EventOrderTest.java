package io.httptrace.apache;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which hooks the classic client calls, and in which order. */
final class EventOrderTest {
  static final List<String> DIALLED =
      List.of("roundTripStart", "getConn", "connectStart", "connectDone", "gotConn");
  static final List<String> REUSED = List.of("roundTripStart", "getConn", "gotConn");
  static final List<String> EXCHANGED =
      List.of(
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse");
  static final List<String> PUT_BACK = List.of("putIdleConn", "roundTripDone");

  private final PathServer site = new PathServer();
  private final HookNames events = new HookNames();

  @AfterEach
  void close() {
    site.close();
  }

  @SafeVarargs
  static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  private static ClassicClient client() {
    return new ClassicClient(ApacheTracing.create());
  }

  @Test
  void aColdRequestThenOneThatReuses() throws IOException {
    try (ClassicClient client = client()) {
      client.get(site.url("/ok"), events.trace());
      client.get(site.url("/ok"), events.trace());
    }

    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK, REUSED, EXCHANGED, PUT_BACK));
  }

  @Test
  void aSmallBodyIsSentWithTheHead() throws IOException {
    HttpUriRequestBase post = new HttpUriRequestBase("POST", ClassicClient.uri(site.url("/ok")));
    post.setEntity(new ByteArrayEntity(new byte[3], ContentType.APPLICATION_OCTET_STREAM));
    try (ClassicClient client = client()) {
      client.send(post, events.trace());
    }

    assertThat(events.names()).isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK));
  }

  @Test
  void theHeadOfALargeBodyIsToldBeforeTheBodyEnds() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .wroteHeaders(() -> told.add("head"))
            .wroteRequest(info -> told.add("request"))
            .build();
    HttpUriRequestBase post = new HttpUriRequestBase("POST", ClassicClient.uri(site.url("/ok")));
    ByteArrayInputStream content =
        new ByteArrayInputStream(new byte[100_000]) {
          @Override
          public synchronized int read(byte[] part, int offset, int length) {
            int count = super.read(part, offset, length);
            if (count < 0) {
              told.add("end of the body");
            }
            return count;
          }
        };
    post.setEntity(new InputStreamEntity(content, ContentType.APPLICATION_OCTET_STREAM));
    try (ClassicClient client = client()) {
      client.send(post, trace);
    }

    assertThat(told).containsExactly("head", "end of the body", "request");
  }

  @Test
  void aRedirectGivesTheConnectionBackFirst() throws IOException {
    try (ClassicClient client = client()) {
      client.get(site.url("/redirect"), events.trace());
    }

    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, PUT_BACK, REUSED, EXCHANGED, PUT_BACK));
  }

  @Test
  void credentialsAreAnotherRoundTripOnTheSameConnection() throws IOException {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope(null, -1), new UsernamePasswordCredentials("user", "pass".toCharArray()));
    List<String> connections = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .gotConn(
                info ->
                    connections.add(
                        info.connection().id()
                            + (info.reused() ? " reused" : " new")
                            + (info.wasIdle() ? " idle" : "")))
            .build();
    try (ClassicClient client =
        new ClassicClient(
            ApacheTracing.create().clientTrace(request -> trace),
            settings -> settings.setDefaultCredentialsProvider(credentials),
            pool -> {})) {
      assertThat(client.get(site.url("/secret"), events.trace())).isEqualTo(200);
      client.get(site.url("/ok"), null);
    }

    assertThat(events.names())
        .isEqualTo(all(DIALLED, EXCHANGED, List.of("roundTripDone"), REUSED, EXCHANGED, PUT_BACK));
    assertThat(connections).containsExactly("1 new", "1 reused", "1 reused idle");
  }

  @Test
  void aRequestThatIsRepeatedIsAnotherRoundTrip() throws IOException {
    try (ClassicClient client =
        new ClassicClient(
            ApacheTracing.create(),
            settings -> settings.setRetryStrategy(new RetriesOfGo()),
            pool -> {})) {
      client.get(site.url("/ok"), null);
      Assertions.assertThatIOException()
          .isThrownBy(() -> client.get(site.url("/drop"), events.trace()));
    }

    assertThat(events.names())
        .isEqualTo(
            all(
                REUSED,
                List.of("wroteHeaderField", "wroteHeaders", "wroteRequest", "roundTripDone"),
                DIALLED,
                List.of("wroteHeaderField", "wroteHeaders", "wroteRequest", "roundTripDone")));
  }

  @Test
  void theVetoOfAHookIsNotTakenForAFailureOfTheConnection() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .roundTripStart(info -> told.add(info.reason().toString()))
            .got1xxResponse(
                (code, fields) -> {
                  throw new IOException("no " + code + " " + fields.get("link"));
                })
            .build();
    try (ScriptedServer hints =
            ScriptedServer.builder("hints")
                .otherConnections(
                    connection -> {
                      connection.readRequest();
                      connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                      connection.send(PathServer.hello());
                    })
                .start();
        ClassicClient client = client()) {
      Assertions.assertThatIOException()
          .isThrownBy(() -> client.get("http://127.0.0.1:" + hints.port() + "/", trace))
          .havingCause()
          .isInstanceOf(HttpException.class)
          .havingCause()
          .withMessage("no 103 [</a>]");
    }

    assertThat(told).containsExactly("FIRST");
  }

  @Test
  void trailersArriveAsWithoutATrace() throws IOException {
    String chunked =
        String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Transfer-Encoding: chunked",
            "Trailer: X-Check",
            "",
            "5",
            "hello",
            "0",
            "X-Check: 1",
            "",
            "");
    try (ScriptedServer server =
            ScriptedServer.builder("trailers")
                .otherConnections(
                    connection -> {
                      connection.readRequest();
                      connection.send(chunked);
                    })
                .start();
        ClassicClient client = client()) {
      String trailer =
          client
              .client()
              .execute(
                  ClassicClient.get("http://127.0.0.1:" + server.port() + "/"),
                  ClassicClient.context(events.trace()),
                  response -> {
                    EntityUtils.toString(response.getEntity());
                    return response.getEntity().getTrailers().get().get(0).getValue();
                  });

      assertThat(trailer).isEqualTo("1");
    }
  }
}
