package io.httptrace.client.followups;

import static io.httptrace.client.followups.Site.OK;
import static io.httptrace.client.followups.Site.path;
import static io.httptrace.client.followups.Site.redirect;
import static io.httptrace.client.followups.Site.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final TraceRecorder recorder = new TraceRecorder();

  private Site site(Function<ReceivedRequestHead, String> answers) {
    Site site = new Site(answers);
    guard.watch(site.server());
    return site;
  }

  private Site redirecting(String answer) {
    return site(head -> path(head).equals("/start") ? answer : OK);
  }

  private static TracingHttpClient following() {
    return TracingHttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
  }

  private HttpRequest.Builder start(Site site) {
    return HttpRequest.newBuilder(site.at("/start"));
  }

  private HttpResponse<String> send(TracingHttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(TracedRequest.of(request.build(), recorder), BodyHandlers.ofString());
  }

  @Test
  void everyRedirectIsARoundTrip() throws Exception {
    Site site = redirecting(redirect(302, "/next"));
    try (TracingHttpClient client = following()) {
      HttpResponse<String> response = send(client, start(site));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("hello");
      assertThat(response.uri()).isEqualTo(site.at("/next"));
      assertThat(response.request().uri()).isEqualTo(site.at("/next"));
      HttpResponse<String> previous = response.previousResponse().orElseThrow();
      assertThat(previous.statusCode()).isEqualTo(302);
      assertThat(previous.uri()).isEqualTo(site.at("/start"));
      assertThat(previous.headers().firstValue("Location")).contains("/next");
      assertThat(previous.body()).isNull();
      assertThat(previous.previousResponse()).isEmpty();
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 COMPLETED new",
            "2 REDIRECT GET http://127.0.0.1/next 200 COMPLETED reused");
    assertThat(RoundTripTexts.outline(recorder))
        .containsExactly(
            "roundTripStart",
            "gotConn",
            "gotResponse",
            "putIdleConn",
            "roundTripDone",
            "roundTripStart",
            "gotConn",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "7, 8"})
  void followsAsManyAsTheBuilderSays(int max, int requests) throws Exception {
    Site site = site(head -> redirect(302, path(head) + "x"));
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().followRedirects(Redirect.ALWAYS).maxRedirects(max).build()) {
      HttpResponse<String> response = send(client, start(site));
      assertThat(response.statusCode()).isEqualTo(302);
      assertThat(response.uri()).isEqualTo(site.at("/start" + "x".repeat(max)));
    }
    assertThat(site.log()).hasSize(requests);
    assertThatThrownBy(() -> TracingHttpClient.newBuilder().maxRedirects(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxRedirects must not be negative: -1");
  }

  @Test
  void bodyIsPublishedAgain() throws Exception {
    Site site = redirecting(redirect(307, "/next"));
    try (TracingHttpClient client = following()) {
      HttpRequest.Builder request = start(site).POST(BodyPublishers.ofString("form=1"));
      assertThat(send(client, request).request().bodyPublisher()).isPresent();
    }
    assertThat(site.bodies()).containsExactly("form=1", "form=1");
    assertThat(site.log()).containsExactly("POST /start", "POST /next");
  }

  @Test
  void anotherOriginGetsNoSecrets() throws Exception {
    Site other = site(head -> OK);
    Site site = redirecting(redirect(302, other.origin() + "/next"));
    try (TracingHttpClient client = following()) {
      HttpRequest.Builder request =
          start(site).headers("Authorization", "secret", "Cookie", "a=1", "X-Mine", "kept");
      assertThat(send(client, request).request().headers().map()).containsOnlyKeys("X-Mine");
    }
    assertThat(site.sent("Authorization")).containsExactly(List.of("secret"));
    assertThat(other.sent("Authorization")).containsExactly(List.of());
    assertThat(other.sent("Cookie")).containsExactly(List.of());
    assertThat(other.sent("X-Mine")).containsExactly(List.of("kept"));
    assertThat(other.sent("Host")).containsExactly(List.of("127.0.0.1:" + other.port()));
  }

  /** Go reads up to 2 KiB of a body that nobody gets. */
  @ParameterizedTest
  @CsvSource({"0, reused, COMPLETED", "2048, reused, COMPLETED", "2049, new, ABANDONED"})
  void shortBodyIsReadAndALongOneCancelled(int length, String next, String outcome)
      throws Exception {
    Site site = redirecting(response("302 Found", "x".repeat(length), "Location: /next"));
    try (TracingHttpClient client = following()) {
      send(client, start(site));
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 " + outcome + " new",
            "2 REDIRECT GET http://127.0.0.1/next 200 COMPLETED " + next);
  }

  @ParameterizedTest
  @CsvSource({"5, reused, COMPLETED", "9000, new, ABANDONED"})
  void bodyOfUnknownLengthIsReadAsFar(int length, String next, String outcome) throws Exception {
    String body = Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    body += length < 2048 ? "0\r\n\r\n" : "";
    Site site =
        redirecting(
            "HTTP/1.1 302 Found\r\nLocation: /next\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    try (TracingHttpClient client = following()) {
      send(client, start(site));
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 " + outcome + " new",
            "2 REDIRECT GET http://127.0.0.1/next 200 COMPLETED " + next);
  }

  @Test
  void bodyThatBreaksOffIsNoMatter() throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.send(
                          "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 9\r\n\r\nx");
                      connection.close();
                    },
                    connection -> {
                      connection.readRequest();
                      connection.send(OK);
                    })
                .start());
    try (TracingHttpClient client = following()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/start");
      assertThat(send(client, HttpRequest.newBuilder(uri)).statusCode()).isEqualTo(200);
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 FAILED new",
            "2 REDIRECT GET http://127.0.0.1/next 200 COMPLETED new");
  }

  @Test
  void retryAfterARedirectCountsOn() throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.send(redirect(302, "/next"));
                      connection.readRequest();
                      connection.close();
                    },
                    connection -> {
                      connection.readRequest();
                      connection.send(redirect(302, "/last"));
                      connection.readRequest();
                      connection.send(OK);
                    })
                .start());
    try (TracingHttpClient client = following()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/start");
      assertThat(send(client, HttpRequest.newBuilder(uri)).uri().getPath()).isEqualTo("/last");
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly(
            "1 FIRST GET http://127.0.0.1/start 302 COMPLETED new",
            "2 REDIRECT GET http://127.0.0.1/next - FAILED reused",
            "3 RETRY GET http://127.0.0.1/next 302 COMPLETED new",
            "4 REDIRECT GET http://127.0.0.1/last 200 COMPLETED reused");
  }

  @Test
  void headStaysHeadAfter303() throws Exception {
    Site site = redirecting(redirect(303, "/next"));
    try (TracingHttpClient client = following()) {
      send(client, start(site).method("HEAD", BodyPublishers.noBody()));
    }
    assertThat(site.log()).containsExactly("HEAD /start", "HEAD /next");
  }

  @Test
  void schemeThatIsNotHttpFails() throws Exception {
    Site site = redirecting(redirect(302, "ftp://127.0.0.1/x"));
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build()) {
      assertThatThrownBy(() -> send(client, start(site)))
          .isInstanceOf(IOException.class)
          .hasMessage("Invalid redirection: scheme ftp");
    }
    assertThat(RoundTripTexts.of(recorder))
        .containsExactly("1 FIRST GET http://127.0.0.1/start 302 ABANDONED new");
  }

  /** Go sends the field again in both cases, and waits in neither. */
  @ParameterizedTest
  @CsvSource({"307, 2, 100-continue", "303, 1, ''"})
  void theServerIsAskedAgainBeforeTheBodyIsSentAgain(int status, int waits, String again)
      throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .connections(
                    connection -> {
                      for (String answer : List.of(redirect(status, "/next"), OK)) {
                        ReceivedRequestHead head = connection.readHead();
                        asked.add(String.join(",", head.values("expect")));
                        if (!head.values("expect").isEmpty()) {
                          connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                        }
                        connection.readBody(head);
                        connection.send(answer);
                      }
                    })
                .start());
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/start"))
            .expectContinue(true)
            .POST(BodyPublishers.ofString("body"))
            .build();
    AtomicInteger waited = new AtomicInteger();
    ClientTrace trace = ClientTrace.builder().wait100Continue(waited::incrementAndGet).build();
    try (TracingHttpClient client = following()) {
      client.send(TracedRequest.of(post, trace), BodyHandlers.ofString());
    }
    assertThat(asked).containsExactly("100-continue", again);
    assertThat(waited).hasValue(waits);
  }
}
