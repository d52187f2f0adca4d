package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --http1.1}, {@code --http2} and {@code --http2-prior-knowledge}. */
final class ProtocolsTest {
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final Http2Service service =
      Http2Service.answering(
          request -> {
            asked.add(
                "HTTP/2 "
                    + request.headers().method()
                    + " "
                    + request.headers().path()
                    + " "
                    + request.bodyLength());
            return Http2Answer.ok("hello");
          });

  private final ConnectionScript http1 =
      connection -> {
        asked.add(connection.readHead().requestLine());
        connection.send(Site.ok("hello"));
        connection.awaitPeerClose();
      };

  private final ServerTls tls = ServerTls.with(TestCertificate.GOOD);

  private static ScriptedServer running(ConnectionScript script) {
    return ScriptedServer.builder("protocols").otherConnections(script).start();
  }

  private static String url(String scheme, ScriptedServer server) {
    return scheme + "://127.0.0.1:" + server.port() + "/";
  }

  private static List<String> shown(Ended ended) {
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    return Outline.of(ended.out()).stream().filter(line -> !line.startsWith("TLSv1.3 ")).toList();
  }

  private static List<String> picture(String scheme, ScriptedServer server, String protocol) {
    List<String> lines = new ArrayList<>();
    lines.add("GET " + url(scheme, server));
    lines.add("200 " + protocol + ", body 5 bytes");
    lines.add("connection #1 new, -> 127.0.0.1:" + server.port());
    lines.add("connect: 127.0.0.1:" + server.port());
    if (scheme.equals("https")) {
      lines.add("tls: full handshake");
    }
    lines.addAll(List.of("request", "wait", "response", "total"));
    return lines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--insecure", "--http2", "--http2-prior-knowledge"})
  void overTlsTheServerIsAskedForHttp2(String option) {
    try (ScriptedServer server = running(service.secured(tls, http1))) {
      Ended ended = CommandRun.of("-k", option, url("https", server));

      assertThat(shown(ended)).isEqualTo(picture("https", server, "HTTP/2"));
      assertThat(asked).containsExactly("HTTP/2 GET / 0");
    }
  }

  @Test
  void overTlsHttp1IsSpokenIfThatIsTheWish() {
    try (ScriptedServer server = running(service.secured(tls, http1))) {
      Ended ended = CommandRun.of("-k", "--http1.1", url("https", server));

      assertThat(shown(ended)).isEqualTo(picture("https", server, "HTTP/1.1"));
      assertThat(asked).containsExactly("GET / HTTP/1.1");
    }
  }

  @Test
  void theLastOfSuchOptionsCounts() {
    try (ScriptedServer server = running(service.secured(tls, http1))) {
      CommandRun.of("-k", "--http2", "--http1.1", url("https", server));
      CommandRun.of("-k", "--http1.1", "--http2", url("https", server));

      assertThat(asked).containsExactly("GET / HTTP/1.1", "HTTP/2 GET / 0");
    }
  }

  @Test
  void overTlsAServerWithoutHttp2IsSpokenToInHttp1() {
    try (Site site = Site.of(tls, head -> Site.ok("hello"))) {
      Ended ended = CommandRun.of("-k", "--http2", site.url("/"));

      assertThat(shown(ended)).isEqualTo(picture("https", site.server(), "HTTP/1.1"));
      assertThat(site.asked()).containsExactly("GET /");
    }
  }

  @Test
  void aServerWithHttp2OnlyRefusesHttp1() {
    try (ScriptedServer server = running(service.secured(tls))) {
      Ended ended = CommandRun.of("-k", "--http1.1", "-m", "30", url("https", server));

      assertThat(ended.exitCode()).isNotEqualTo(ExitCode.OK);
      assertThat(asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--insecure", "--http1.1", "--http2"})
  void withoutTlsHttp1IsSpoken(String option) {
    try (ScriptedServer server = running(http1)) {
      Ended ended = CommandRun.of(option, url("http", server));

      assertThat(shown(ended)).isEqualTo(picture("http", server, "HTTP/1.1"));
      assertThat(asked).containsExactly("GET / HTTP/1.1");
    }
  }

  @Test
  void withoutTlsHttp2IsSpokenByPriorKnowledge() {
    try (ScriptedServer server = running(service.clearText())) {
      Ended ended = CommandRun.of("--http2-prior-knowledge", url("http", server));

      assertThat(shown(ended)).isEqualTo(picture("http", server, "HTTP/2"));
      assertThat(asked).containsExactly("HTTP/2 GET / 0");
    }
  }

  @Test
  void aServerThatOnlyKnowsHttp1FailsByPriorKnowledge() {
    try (ScriptedServer server =
        running(
            connection -> {
              ScriptedHttp2Connection http2 =
                  ScriptedHttp2Connection.over(connection).withoutAnswers();
              http2.readPreface();
              http2.awaitRequest();
              connection.send(Site.response("400 Bad Request", ""));
              connection.awaitPeerClose();
            })) {
      Ended ended = CommandRun.of("--http2-prior-knowledge", "-m", "30", url("http", server));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WAIT);
    }
  }

  @Test
  void aBodyIsSentOverHttp2() {
    try (ScriptedServer server = running(service.clearText())) {
      CommandRun.of("--http2-prior-knowledge", "-d", "a=1", "-X", "PUT", url("http", server));

      assertThat(asked).containsExactly("HTTP/2 PUT / 3");
    }
  }

  @Test
  void eventsNameNoIdleConnectionOverHttp2() {
    try (ScriptedServer server = running(service.clearText())) {
      Ended ended = CommandRun.of("--http2-prior-knowledge", "--events", url("http", server));

      assertThat(
              ended
                  .out()
                  .lines()
                  .takeWhile(line -> !line.isEmpty())
                  .map(line -> line.strip().split(" +", 4)[2]))
          .containsExactly(
              "roundTripStart",
              "getConn",
              "connectStart",
              "connectDone",
              "gotConn",
              "wroteHeaderField",
              "wroteHeaderField",
              "wroteHeaderField",
              "wroteHeaderField",
              "wroteHeaderField",
              "wroteHeaderField",
              "wroteHeaders",
              "wroteRequest",
              "gotFirstResponseByte",
              "gotResponse",
              "roundTripDone");
    }
  }

  @Test
  void jsonNamesHttp2() {
    try (ScriptedServer server = running(service.clearText())) {
      Ended ended = CommandRun.of("--http2-prior-knowledge", "--format=json", url("http", server));

      assertThat(ended.out())
          .contains("\"protocol\":\"HTTP/2\",\"tls\":null")
          .contains("\"response\":{\"status\":200,\"protocol\":\"HTTP/2\",")
          .contains("{\"name\":\":path\",\"values\":[\"/\"]}");
    }
  }
}
