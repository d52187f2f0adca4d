package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** What is done with the cookie handler of a client. */
final class CookiesTest extends Contract {
  private static final String REDIRECT =
      String.join(
          "\r\n",
          "HTTP/1.1 302 Found",
          "Set-Cookie: a=1; Path=/",
          "Set-Cookie: b=2; Path=/",
          "Location: /next",
          "Content-Length: 0",
          "",
          "");

  private static String path(ReceivedRequestHead head) {
    return head.requestLine().split(" ", -1)[1];
  }

  private ScriptedServer site() {
    return answer(
        (request, connection) ->
            connection.send(path(request).equals("/start") ? REDIRECT : ok("fine")));
  }

  private static List<String> cookies(ScriptedServer server) {
    return server.requests().stream()
        .map(head -> path(head) + " " + String.join(" | ", head.values("Cookie")))
        .toList();
  }

  private HttpClient keeping(Subject subject, CookieHandler handler) {
    return client(
        subject,
        builder -> builder.cookieHandler(handler).followRedirects(HttpClient.Redirect.NORMAL));
  }

  @BothClients
  void cookiesAreKeptAcrossRedirectsAndRequests(Subject subject) throws Exception {
    ScriptedServer server = site();
    HttpClient client = keeping(subject, new CookieManager());

    client.send(HttpRequest.newBuilder(uri(server, "/start")).build(), BodyHandlers.discarding());
    client.send(HttpRequest.newBuilder(uri(server, "/later")).build(), BodyHandlers.discarding());

    assertThat(cookies(server)).containsExactly("/start ", "/next a=1; b=2", "/later a=1; b=2");
  }

  @BothClients
  void cookiesOfOneHostAreNotSentToAnother(Subject subject) throws Exception {
    ScriptedServer server = site();
    HttpClient client = keeping(subject, new CookieManager());

    client.send(HttpRequest.newBuilder(uri(server, "/start")).build(), BodyHandlers.discarding());
    URI other = URI.create("http://localhost:" + server.port() + "/other");
    client.send(HttpRequest.newBuilder(other).build(), BodyHandlers.discarding());

    assertThat(cookies(server)).containsExactly("/start ", "/next a=1; b=2", "/other ");
  }

  /** It would break the head of the request. */
  @BothClients
  void cookiesWithControlCharactersAreLeftOut(Subject subject) throws Exception {
    ScriptedServer server = site();
    CookieHandler handler =
        new CookieHandler() {
          @Override
          public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return Map.of("Cookie", List.of("a=1\r\nX-Evil: 2", "b=2\u0001", "c=3"));
          }

          @Override
          public void put(URI uri, Map<String, List<String>> headers) {}
        };
    HttpClient client = keeping(subject, handler);

    client.send(HttpRequest.newBuilder(uri(server, "/later")).build(), BodyHandlers.discarding());

    assertThat(cookies(server)).containsExactly("/later c=3");
    assertThat(server.requests().get(0).values("X-Evil")).isEmpty();
  }

  @BothClients
  void clientsWithoutAHandlerKeepNothing(Subject subject) throws Exception {
    ScriptedServer server = site();
    HttpClient client =
        client(subject, builder -> builder.followRedirects(HttpClient.Redirect.NORMAL));

    client.send(HttpRequest.newBuilder(uri(server, "/start")).build(), BodyHandlers.discarding());

    assertThat(cookies(server)).containsExactly("/start ", "/next ");
  }

  @BothClients
  void whatAHandlerThrowsFailsTheRequest(Subject subject) {
    ScriptedServer server = site();
    CookieHandler broken =
        new CookieHandler() {
          @Override
          public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers)
              throws IOException {
            throw new IOException("no cookies today");
          }

          @Override
          public void put(URI uri, Map<String, List<String>> headers) {}
        };
    HttpClient client = keeping(subject, broken);

    assertThat(failureOfSend(client, get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no cookies today");
    assertThat(failureOfSendAsync(client, get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no cookies today");
    assertThat(server.requests()).isEmpty();
  }
}
