package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.httptrace.client.ProxyRoute;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.GrowingLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timelines of the real client, by the schema. */
class RealCallsTest {
  private static final String OK =
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=secret\r\nContent-Length: 2\r\n\r\nok";

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("server").connections(scripts).start());
  }

  private static ConnectionScript answering(String... answers) {
    return connection -> answer(connection, answers);
  }

  private static ConnectionScript secured(String... answers) {
    return connection -> {
      connection.startTls(ServerTls.with(TestCertificate.GOOD));
      answer(connection, answers);
    };
  }

  private static void answer(ServerConnection connection, String... answers) throws IOException {
    for (String answer : answers) {
      connection.readRequest();
      connection.send(answer);
    }
    connection.close();
  }

  /** Outcome, phase it failed in, and phases with their outcomes, of each round trip. */
  private static List<String> outline(JsonNode json) {
    List<String> lines = new ArrayList<>();
    for (JsonNode roundTrip : json.get("roundTrips")) {
      StringBuilder line = new StringBuilder(roundTrip.get("reason").textValue());
      line.append(' ').append(roundTrip.get("outcome").textValue());
      if (!roundTrip.get("failedPhase").isNull()) {
        line.append(" in ").append(roundTrip.get("failedPhase").textValue());
      }
      String separator = ": ";
      for (JsonNode phase : roundTrip.get("phases")) {
        String outcome = phase.get("outcome").textValue();
        line.append(separator).append(phase.get("kind").textValue());
        line.append(outcome.equals("done") ? "" : " " + outcome);
        separator = ", ";
      }
      lines.add(line.toString());
    }
    return lines;
  }

  @Test
  void aNewConnectionAndOneOutOfThePool() throws Exception {
    ScriptedServer server = server(secured(OK, OK));
    List<JsonNode> both =
        new RecordedCall().ofEach(2, "https://example.test:" + server.port() + "/");

    assertThat(outline(both.get(0)))
        .containsExactly("first completed: dns, connect, tls, request, wait, response");
    assertThat(outline(both.get(1))).containsExactly("first completed: request, wait, response");
    assertThat(both.get(0).at("/roundTrips/0/connection/tls/certificates/0/subject").textValue())
        .startsWith("CN=");
    assertThat(both.get(0).at("/roundTrips/0/notObservable")).isEmpty();
    assertThat(both.get(0).at("/roundTrips/0/phases/0/resolver").textValue()).isEqualTo("custom");
    assertThat(both.get(0).at("/roundTrips/0/response/headers").toString())
        .contains("\"***\"")
        .doesNotContain("secret");
  }

  @Test
  void http2() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD).protocols("h2");
    ScriptedServer server =
        server(Http2Service.answering(request -> Http2Answer.ok("ok")).secured(tls));
    JsonNode json = new RecordedCall().client(c -> c.version(Version.HTTP_2)).to("https", server);

    assertThat(outline(json))
        .containsExactly("first completed: dns, connect, tls, request, wait, response");
    assertThat(json.at("/roundTrips/0/connection/protocol").textValue()).isEqualTo("HTTP/2");
    assertThat(json.at("/roundTrips/0/connection/tls/applicationProtocol").textValue())
        .isEqualTo("h2");
  }

  @Test
  void aRedirectAnInformationalResponseAndAChallenge() throws Exception {
    ScriptedServer server =
        server(
            answering(
                "HTTP/1.1 302 Found\r\nLocation: /next?token=secret\r\nContent-Length: 0\r\n\r\n",
                """
                HTTP/1.1 401 Unauthorized\r
                WWW-Authenticate: Basic realm="r"\r
                Content-Length: 0\r
                \r
                """,
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK));
    JsonNode json =
        new RecordedCall()
            .client(
                c ->
                    c.authenticator(
                        new Authenticator() {
                          @Override
                          protected PasswordAuthentication getPasswordAuthentication() {
                            return new PasswordAuthentication("user", "secret".toCharArray());
                          }
                        }))
            .to("http", server);

    assertThat(outline(json))
        .containsExactly(
            "first completed: dns, connect, request, wait, response",
            "redirect completed: request, wait, response",
            "authentication completed: request, wait, response");
    assertThat(json.at("/roundTrips/2/informationalResponses/0/status").intValue()).isEqualTo(103);
    assertThat(json.toString()).doesNotContain("secret");
  }

  @Test
  void aRetry() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(OK);
              connection.readRequest();
              connection.close();
            },
            answering(OK));
    List<JsonNode> both =
        new RecordedCall().ofEach(2, "http://example.test:" + server.port() + "/");

    assertThat(outline(both.get(1)))
        .containsExactly(
            "first failed in wait: request, wait cut",
            "retry completed: dns, connect, request, wait, response");
  }

  @Test
  void throughProxies() throws Exception {
    ScriptedServer target = server(secured(OK), answering(OK));
    ScriptedServer tunnel = server(ProxyScripts.tunnel(target, null));
    ScriptedServer socks = server(ProxyScripts.socks5(target, null, ""));

    JsonNode byTunnel =
        new RecordedCall()
            .client(c -> c.proxy(ProxyRoute.http("127.0.0.1", tunnel.port())))
            .to("https", target);
    assertThat(outline(byTunnel))
        .containsExactly("first completed: connect, proxy, tls, request, wait, response");
    assertThat(byTunnel.at("/roundTrips/0/proxy").textValue())
        .isEqualTo("127.0.0.1:" + tunnel.port());
    assertThat(byTunnel.at("/roundTrips/0/phases/1/status").intValue()).isEqualTo(200);

    JsonNode bySocks =
        new RecordedCall()
            .client(c -> c.proxy(ProxyRoute.socks5("127.0.0.1", socks.port())))
            .to("http", target);
    assertThat(outline(bySocks))
        .containsExactly("first completed: connect, proxy, request, wait, response");
    assertThat(bySocks.at("/roundTrips/0/phases/1/status").intValue()).isZero();
  }

  @Test
  void failsInDns() throws Exception {
    assertThat(outline(new RecordedCall().to("http://nowhere.test/")))
        .containsExactly("first failed in dns: dns failed");
  }

  @Test
  void failsInConnect() throws Exception {
    ScriptedServer nobody =
        guard.watch(ScriptedServer.builder("nobody").refusingOn("127.0.0.1").start());

    assertThat(outline(new RecordedCall().to("http", nobody)))
        .containsExactly("first failed in connect: dns, connect failed");
  }

  @Test
  void failsInTls() throws Exception {
    ScriptedServer server = server(ServerConnection::close);

    assertThat(outline(new RecordedCall().to("https", server)))
        .containsExactly("first failed in tls: dns, connect, tls failed");
  }

  @Test
  void failsInProxyTls() throws Exception {
    ScriptedServer proxy = server(ServerConnection::close);

    assertThat(
            outline(
                new RecordedCall()
                    .client(c -> c.proxy(ProxyRoute.https("127.0.0.1", proxy.port())))
                    .to("https://example.test/")))
        .containsExactly("first failed in proxy-tls: connect, proxy-tls failed");
  }

  @Test
  void failsInProxy() throws Exception {
    ScriptedServer target = server();
    ScriptedServer proxy =
        server(
            ProxyScripts.refuse(
                target, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"));
    JsonNode json =
        new RecordedCall()
            .client(c -> c.proxy(ProxyRoute.http("127.0.0.1", proxy.port())))
            .to("https", target);

    assertThat(outline(json)).containsExactly("first failed in proxy: connect, proxy failed");
    assertThat(json.at("/roundTrips/0/phases/1/status").intValue()).isEqualTo(503);
  }

  @Test
  void failsInRequest() throws Exception {
    ScriptedServer server = server(ServerConnection::awaitPeerClose);
    JsonNode json =
        new RecordedCall()
            .request(
                r ->
                    r.POST(
                        BodyPublishers.ofInputStream(
                            () -> {
                              throw new UncheckedIOException(new IOException("no body"));
                            })))
            .to("http", server);

    assertThat(outline(json))
        .containsExactly("first failed in request: dns, connect, request failed");
  }

  @Test
  void failsInWait() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.close();
            });

    assertThat(outline(new RecordedCall().to("http", server)))
        .containsExactly("first failed in wait: dns, connect, request, wait cut");
  }

  @Test
  void failsInResponse() throws Exception {
    ScriptedServer server = server(answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"));

    assertThat(outline(new RecordedCall().to("http", server)))
        .containsExactly("first failed in response: dns, connect, request, wait, response cut");
  }

  @Test
  void timesOut() throws Exception {
    List<String> outline =
        GrowingLimit.of(
            limit -> {
              ScriptedServer server = server(ServerConnection::awaitPeerClose);
              List<String> lines =
                  outline(new RecordedCall().request(r -> r.timeout(limit)).to("http", server));
              return lines.get(0).contains("wait") ? lines : null;
            });

    assertThat(outline).containsExactly("first timed-out in wait: dns, connect, request, wait cut");
  }
}
