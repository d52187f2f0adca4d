package io.httptrace.client.followups;

import static io.httptrace.client.followups.Site.OK;
import static io.httptrace.client.followups.Site.path;
import static io.httptrace.client.followups.Site.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How requests that answer a proxy's challenge show in hooks, and what this client answers. */
class ProxyAuthenticationTest {
  private static final String BASIC = "Basic dXNlcjpvcGVu"; // user:open
  private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";
  private static final String FIELD = "Proxy-Authorization";
  private static final String REFUSAL =
      response("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic realm=\"gate\"");

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TraceRecorder recorder = new TraceRecorder();
  private final TraceRecorder second = new TraceRecorder();
  private final NamedUser user = new NamedUser();

  @AfterEach
  void forgetProperty() {
    System.clearProperty(TUNNELING);
  }

  private Site site(Function<ReceivedRequestHead, String> answers) {
    Site site = new Site(answers);
    guard.watch(site.server());
    return site;
  }

  private ScriptedServer server(String name, ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder(name).connections(scripts).start());
  }

  private TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .authenticator(user)
        .trustManager(TestCertificate.trusting());
  }

  private HttpResponse<String> send(TracingHttpClient client, URI uri)
      throws IOException, InterruptedException {
    return send(client, uri, recorder);
  }

  private static HttpResponse<String> send(
      TracingHttpClient client, URI uri, TraceRecorder recorder)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return client.send(TracedRequest.of(request, recorder), BodyHandlers.ofString());
  }

  @Test
  void digestForAProxyIsForTheWholeTarget() throws Exception {
    Site proxy =
        site(
            head ->
                head.values(FIELD).isEmpty()
                    ? REFUSAL.replace("Basic", "Digest nonce=\"abc\", qop=\"auth\",")
                    : OK);
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      send(client, URI.create("http://one.test/a?b"));
    }
    assertThat(proxy.sent(FIELD).get(1).get(0)).contains("uri=\"http://one.test/a?b\"");
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://one.test/a?b 407 COMPLETED new",
            "2 AUTHENTICATION GET http://one.test/a?b 200 COMPLETED reused");
  }

  private static ConnectionScript refusing() {
    return connection -> {
      connection.readHead();
      connection.send(REFUSAL);
    };
  }

  private static ConnectionScript tunnelling(ScriptedServer origin) {
    return connection -> {
      connection.readHead();
      connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
      connection.relayTo(origin.port());
    };
  }

  private ScriptedServer secureOrigin() {
    return server(
        "origin",
        connection -> {
          connection.startTls(ServerTls.with(TestCertificate.GOOD));
          while (true) {
            ReceivedRequestHead head = connection.readRequest();
            connection.send(path(head).equals("/asks") ? REFUSAL : response("200 OK", "hello"));
          }
        });
  }

  private static URI secure(ScriptedServer origin, String path) {
    return URI.create("https://example.test:" + origin.port() + path);
  }

  private static List<List<String>> sent(ScriptedServer server, String field) {
    return server.requests().stream().map(head -> head.values(field)).toList();
  }

  @Test
  void tunnelThatIsRefusedIsAskedForAgain() throws Exception {
    System.setProperty(TUNNELING, "");
    ScriptedServer origin = secureOrigin();
    ScriptedServer proxy = server("proxy", refusing(), tunnelling(origin));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      HttpResponse<String> response = send(client, secure(origin, "/a"));
      assertThat(response.body()).isEqualTo("hello");
      HttpResponse<String> previous = response.previousResponse().orElseThrow();
      assertThat(previous.statusCode()).isEqualTo(407);
      assertThat(previous.headers().firstValue("Proxy-Authenticate")).isPresent();
      assertThat(send(client, secure(origin, "/b"), second).body()).isEqualTo("hello");
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET https://example.test/a - FAILED none",
            "2 AUTHENTICATION GET https://example.test/a 200 COMPLETED new");
    assertThat(RoundTripTexts.of(second))
        .containsExactly("1 FIRST GET https://example.test/b 200 COMPLETED reused");
    assertThat(sent(proxy, FIELD)).containsExactly(List.of(), List.of(BASIC));
    assertThat(sent(origin, FIELD)).containsExactly(List.of(), List.of());
    assertThat(user.asked()).containsExactly("PROXY basic http null");
    assertThat(recorder.timeline().toString()).doesNotContain(BASIC);
  }

  @Test
  void eventsOfARefusedTunnelAndTheNext() throws Exception {
    System.setProperty(TUNNELING, "");
    ScriptedServer origin = secureOrigin();
    ScriptedServer proxy = server("proxy", refusing(), tunnelling(origin));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      send(client, secure(origin, "/a"));
    }
    assertThat(recorder.timeline().events().stream().map(TraceEvent::hook).map(Hook::methodName))
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "proxyConnectStart",
            "proxyConnectDone",
            "roundTripDone",
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "proxyConnectStart",
            "proxyConnectDone",
            "tlsHandshakeStart",
            "tlsHandshakeDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
  }

  @Test
  void tunnelOfADigestUserIsUsedAgain() throws Exception {
    ScriptedServer origin = secureOrigin();
    ScriptedServer proxy =
        server(
            "proxy",
            connection -> {
              connection.readHead();
              connection.send(REFUSAL.replace("Basic", "Digest nonce=\"abc\", qop=\"auth\","));
            },
            tunnelling(origin));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      send(client, secure(origin, "/a"));
      send(client, secure(origin, "/b"));
    }
    assertThat(proxy.accepted()).isEqualTo(2);
    assertThat(sent(proxy, FIELD).get(1).get(0))
        .contains("uri=\"example.test:" + origin.port() + "\"");
  }

  @Test
  void basicOpensNoTunnelUnlessThatIsAllowed() throws Exception {
    ScriptedServer origin = secureOrigin();
    ScriptedServer proxy = server("proxy", refusing());
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      assertThatThrownBy(() -> send(client, secure(origin, "/a")))
          .isInstanceOfSatisfying(ProxyException.class, e -> assertThat(e.status()).hasValue(407));
    }
    assertThat(user.asked()).isEmpty();
  }

  @Test
  void tunnelIsAskedForSoOftenAndNoMore() throws Exception {
    System.setProperty(TUNNELING, "");
    ConnectionScript[] refusals = new ConnectionScript[5];
    Arrays.fill(refusals, refusing());
    ScriptedServer proxy = server("proxy", refusals);
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port());
    try (TracingHttpClient client = client().proxy(route).build()) {
      assertThatThrownBy(() -> send(client, URI.create("https://example.test/")))
          .isInstanceOf(IOException.class)
          .hasMessage("too many authentication attempts. Limit: 3");
    }
    assertThat(user.asked()).hasSize(4);
    assertThat(proxy.accepted()).isEqualTo(5);
    assertThat(RoundTripTexts.of(recorder)).hasSize(5);
  }

  @Test
  void credentialsOfTheRouteAreNotReplaced() throws Exception {
    System.setProperty(TUNNELING, "");
    ScriptedServer proxy = server("proxy", refusing());
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port()).credentials("mine", "own");
    try (TracingHttpClient client = client().proxy(route).build()) {
      assertThatThrownBy(() -> send(client, URI.create("https://example.test/")))
          .isInstanceOf(ProxyException.class);
    }
    assertThat(user.asked()).isEmpty();
  }

  @Test
  void targetThatPosesAsAProxyIsNotAnswered() throws Exception {
    System.setProperty(TUNNELING, "");
    Site direct = site(head -> REFUSAL);
    ScriptedServer origin = secureOrigin();
    ScriptedServer proxy = server("proxy", tunnelling(origin));
    ProxyRoute route = ProxyRoute.http("127.0.0.1", proxy.port()).except("127.0.0.1");
    try (TracingHttpClient client = client().proxy(route).build()) {
      assertThat(send(client, direct.at("/")).statusCode()).isEqualTo(407);
      assertThat(send(client, secure(origin, "/asks")).statusCode()).isEqualTo(407);
    }
    assertThat(user.asked()).isEmpty();
    assertThat(direct.sent(FIELD)).containsExactly(List.of());
    assertThat(sent(origin, FIELD)).containsExactly(List.of());
  }
}
