package io.httptrace.client.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.contract.PlainRequest;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL says of a user, and the values of its query, are in no exception and no cause. */
class SecretsTest {
  private static final String SECRET = "hunter2";
  private static final Duration LIMIT = Waiting.LIMIT;

  @RegisterExtension final LeakGuard guard = new LeakGuard();

  private static void assertSecretIsKept(Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(SECRET);
  }

  private static void fails(TracingHttpClient client, URI uri) {
    fails(client, HttpRequest.newBuilder(uri).build());
  }

  private static void fails(TracingHttpClient client, HttpRequest request) {
    assertSecretIsKept(catchThrowable(() -> client.send(request, BodyHandlers.ofString())));
    assertSecretIsKept(
        catchThrowable(
            () ->
                client
                    .sendAsync(request, BodyHandlers.ofString())
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS)));
  }

  private static FakeResolver names() {
    return new FakeResolver().resolves("here.test", "127.0.0.1");
  }

  private static TracingHttpClientBuilder notFinding(String host) {
    return TracingHttpClient.newBuilder()
        .resolver(names().fails(host, LookupException.Kind.NOT_FOUND)::lookup);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:" + SECRET + "@nowhere.test/?token=" + SECRET + "#token=" + SECRET,
        "https://user:" + SECRET + "@nowhere.test/?token=" + SECRET
      })
  void ofARequestWhoseHostIsNotFound(String uri) {
    try (TracingHttpClient client = notFinding("nowhere.test").build()) {
      fails(client, URI.create(uri));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:" + SECRET + "@under_score_/?token=" + SECRET,
        "ftp://user:" + SECRET + "@host/?token=" + SECRET,
        "http://user:" + SECRET + "@host:70000/?token=" + SECRET,
        "//user:" + SECRET + "@host/?token=" + SECRET,
        "http:///?token=" + SECRET
      })
  void ofAUriThatIsRefused(String uri) {
    try (TracingHttpClient client = notFinding("under_score_").build()) {
      fails(client, PlainRequest.of("GET", URI.create(uri)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:" + SECRET + "@[here.test/?token=" + SECRET,
        "ftp://user:" + SECRET + "@here.test/?token=" + SECRET,
        "http://user:" + SECRET + "@nowhere.test/?token=" + SECRET,
        "http://user:" + SECRET + "@here.test:70000/?token=" + SECRET,
        "http:///?token=" + SECRET
      })
  void ofARedirect(String location) throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("origin")
                .otherConnections(
                    connection -> {
                      connection.readRequest();
                      connection.send(
                          "HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\n");
                      connection.send("Location: " + location + "\r\n\r\n");
                      connection.close();
                    })
                .start());
    try (TracingHttpClient client =
        notFinding("nowhere.test").followRedirects(Redirect.ALWAYS).build()) {
      fails(client, URI.create("http://here.test:" + server.port() + "/"));
    }
  }

  @Test
  void ofAProxyThatRefuses() throws Exception {
    ScriptedServer proxy =
        guard.watch(
            ScriptedServer.builder("proxy")
                .otherConnections(
                    connection -> {
                      connection.readHead();
                      connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                      connection.awaitPeerClose();
                    })
                .start());
    try (TracingHttpClient client =
        TracingHttpClient.newBuilder()
            .proxy(ProxyRoute.http("127.0.0.1", proxy.port()).credentials("user", SECRET))
            .build()) {
      fails(client, URI.create("https://user:" + SECRET + "@here.test/?token=" + SECRET));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://user:" + SECRET + "@host/?token=" + SECRET + "#x",
        "ws://user:" + SECRET + "@under_score_/?token=" + SECRET,
        "ftp://user:" + SECRET + "@host/?token=" + SECRET,
        "ws:///?token=" + SECRET
      })
  void ofAWebSocket(String uri) {
    try (TracingHttpClient client = notFinding("under_score_").build()) {
      assertSecretIsKept(
          catchThrowable(
              () ->
                  client
                      .newWebSocketBuilder()
                      .buildAsync(URI.create(uri), new WebSocket.Listener() {})
                      .get(LIMIT.toSeconds(), TimeUnit.SECONDS)));
    }
  }
}
