package io.httptrace.client.followups;

import static io.httptrace.client.followups.Site.OK;
import static io.httptrace.client.followups.Site.redirect;
import static io.httptrace.client.followups.Site.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.Hook;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.TraceEvent;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How requests that answer a server's challenge show in hooks, and what this client answers. */
class AuthenticationTest {
  private static final String BASIC = "Basic dXNlcjpvcGVu"; // user:open

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TraceRecorder recorder = new TraceRecorder();
  private final TraceRecorder second = new TraceRecorder();
  private final NamedUser user = new NamedUser();

  private Site site(Function<ReceivedRequestHead, String> answers) {
    Site site = new Site(answers);
    guard.watch(site.server());
    return site;
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

  private static String asking(String challenge) {
    return response("401 Unauthorized", "", "WWW-Authenticate: " + challenge);
  }

  @Test
  void everyAnswerIsARoundTrip() throws Exception {
    Site site =
        site(head -> head.values("Authorization").isEmpty() ? asking("Basic realm=\"there\"") : OK);
    try (TracingHttpClient client = client().build()) {
      send(client, site.at("/a"));
      send(client, site.at("/b"), second);
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/a 401 COMPLETED new",
            "2 AUTHENTICATION GET http://127.0.0.1/a 200 COMPLETED reused");
    assertThat(RoundTripTexts.of(second))
        .containsExactly("1 FIRST GET http://127.0.0.1/b 200 COMPLETED reused");
    assertThat(site.sent("Authorization"))
        .containsExactly(List.of(), List.of(BASIC), List.of(BASIC));
  }

  @Test
  void eventsOfAnAnswerAreThoseOfARequestOnAPooledConnection() throws Exception {
    Site site =
        site(head -> head.values("Authorization").isEmpty() ? asking("Basic realm=\"x\"") : OK);
    try (TracingHttpClient client = client().build()) {
      send(client, site.at("/a"));
    }
    List<String> hooks =
        recorder.timeline().events().stream().map(TraceEvent::hook).map(Hook::methodName).toList();
    assertThat(hooks.subList(hooks.lastIndexOf("roundTripStart"), hooks.size()))
        .containsExactly(
            "roundTripStart",
            "getConn",
            "gotConn",
            "wroteHeaderField",
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
  void redirectAfterAnAnswerIsTheThirdRoundTrip() throws Exception {
    Site other = site(head -> OK);
    Site site =
        site(
            head ->
                head.values("Authorization").isEmpty()
                    ? asking("Basic realm=\"there\"")
                    : redirect(302, other.origin() + "/next"));
    try (TracingHttpClient client = client().followRedirects(Redirect.NORMAL).build()) {
      HttpResponse<String> response = send(client, site.at("/a"));
      HttpResponse<String> redirecting = response.previousResponse().orElseThrow();
      assertThat(redirecting.statusCode()).isEqualTo(302);
      assertThat(redirecting.previousResponse().orElseThrow().statusCode()).isEqualTo(401);
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/a 401 COMPLETED new",
            "2 AUTHENTICATION GET http://127.0.0.1/a 302 COMPLETED reused",
            "3 REDIRECT GET http://127.0.0.1/next 200 COMPLETED new");
    assertThat(other.sent("Authorization")).containsExactly(List.of());
  }

  @Test
  void tooManyAnswersFailAndEveryOneIsARoundTrip() throws Exception {
    Site site = site(head -> asking("Basic realm=\"there\""));
    try (TracingHttpClient client = client().build()) {
      assertThatThrownBy(() -> send(client, site.at("/a")))
          .isInstanceOf(IOException.class)
          .hasMessage("too many authentication attempts. Limit: 3");
    }
    assertThat(RoundTripTexts.of(recorder))
        .hasSize(5)
        .startsWith("1 FIRST GET http://127.0.0.1/a 401 COMPLETED new")
        .allMatch(
            roundTrip -> roundTrip.startsWith("1 FIRST") || roundTrip.contains(" AUTHENTICATION "));
    assertThat(user.asked()).hasSize(4);
  }

  @Test
  void digestIsAnsweredAndCountedOn() throws Exception {
    Site site =
        site(
            head ->
                head.values("Authorization").isEmpty()
                    ? asking("Digest realm=\"there\", nonce=\"abc\", qop=\"auth\"")
                    : OK);
    try (TracingHttpClient client = client().build()) {
      send(client, site.at("/a?b"));
      send(client, site.at("/c"));
    }
    assertThat(site.sent("Authorization")).hasSize(3);
    assertThat(site.sent("Authorization").get(1).get(0))
        .startsWith("Digest username=\"user\", realm=\"there\", uri=\"/a?b\", nonce=\"abc\"")
        .contains("nc=00000001");
    assertThat(site.sent("Authorization").get(2).get(0))
        .contains("uri=\"/c\"")
        .contains("nc=00000002");
    assertThat(user.asked()).containsExactly("SERVER digest http " + site.at("/a?b"));
  }

  @Test
  void digestThatIsStaleIsAnsweredWithoutAsking() throws Exception {
    Site site =
        site(
            head -> {
              String sent = String.join("", head.values("Authorization"));
              if (sent.contains("nonce=\"new\"")) {
                return OK;
              }
              String nonce = sent.isEmpty() ? "nonce=\"old\"" : "nonce=\"new\", stale=true";
              return asking("Digest realm=\"there\", qop=\"auth\", " + nonce);
            });
    try (TracingHttpClient client = client().build()) {
      assertThat(send(client, site.at("/a")).statusCode()).isEqualTo(200);
    }
    assertThat(user.asked()).hasSize(1);
    assertThat(site.requests()).hasSize(3);
  }
}
