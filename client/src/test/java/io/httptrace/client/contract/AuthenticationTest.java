package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is done with the authenticator of a client. */
final class AuthenticationTest extends Contract {
  private static final String RIGHT = "Basic dXNlcjpvcGVu"; // user:open

  /** Gives user and password, and remembers what it was asked. */
  private static final class Asked extends Authenticator {
    final List<String> questions = new CopyOnWriteArrayList<>();
    private final String password;

    Asked(String password) {
      this.password = password;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      questions.add(
          String.join(
              " ",
              getRequestorType().toString(),
              getRequestingScheme().toLowerCase(java.util.Locale.ROOT),
              getRequestingProtocol(),
              getRequestingHost(),
              getRequestingPrompt(),
              String.valueOf(getRequestingURL()).replaceAll(":\\d+/", "/")));
      return password.isEmpty() ? null : new PasswordAuthentication("user", password.toCharArray());
    }
  }

  private static String asking(String challenge) {
    return "HTTP/1.1 401 Unauthorized\r\n" + challenge + "Content-Length: 4\r\n\r\nwho?";
  }

  private static final String BASIC = "WWW-Authenticate: Basic realm=\"there\"\r\n";

  private ScriptedServer guarded() {
    return answer(
        (request, connection) ->
            connection.send(
                request.values("Authorization").equals(List.of(RIGHT))
                    ? ok("welcome")
                    : asking(BASIC)));
  }

  private static List<List<String>> sent(ScriptedServer server, String field) {
    return server.requests().stream().map(head -> head.values(field)).toList();
  }

  private HttpClient client(Subject subject, Authenticator authenticator) {
    return client(subject, builder -> builder.authenticator(authenticator));
  }

  @Test
  void aChallengeThatCannotBeRepeatedIsNotAnswered() throws Exception {
    String digest = "WWW-Authenticate: Digest realm=\"a\u0001b\", nonce=\"n\"\r\n";
    ScriptedServer alone = answer(asking(digest));
    Asked asked = new Asked("open");

    HttpResponse<String> response =
        client(Subject.HTTPTRACE, asked).send(get(alone), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo("who?");
    assertThat(asked.questions).isEmpty();
    assertThat(alone.requests()).hasSize(1);
  }

  @Test
  void anotherChallengeBesideItIs() throws Exception {
    ScriptedServer server =
        answer(
            (request, connection) ->
                connection.send(
                    request.values("Authorization").equals(List.of(RIGHT))
                        ? ok("welcome")
                        : asking(
                            "WWW-Authenticate: Digest realm=\"a\", nonce=\"\u007f\"\r\n" + BASIC)));

    assertThat(
            client(Subject.HTTPTRACE, new Asked("open"))
                .send(get(server), BodyHandlers.ofString())
                .body())
        .isEqualTo("welcome");
  }

  @BothClients
  void basicIsAnswered(Subject subject) throws Exception {
    ScriptedServer server = guarded();
    Asked asked = new Asked("open");

    HttpResponse<String> response =
        client(subject, asked)
            .send(HttpRequest.newBuilder(uri(server, "/a/b?c")).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("welcome");
    HttpResponse<String> previous = response.previousResponse().orElseThrow();
    assertThat(previous.statusCode()).isEqualTo(401);
    assertThat(previous.previousResponse()).isEmpty();
    assertThat(response.request().headers().map()).isEmpty();
    assertThat(sent(server, "Authorization")).containsExactly(List.of(), List.of(RIGHT));
    assertThat(asked.questions)
        .containsExactly("SERVER basic http 127.0.0.1 there http://127.0.0.1/a/b?c");
  }

  @BothClients
  void acceptedCredentialsAreSentUnasked(Subject subject) throws Exception {
    ScriptedServer server = guarded();
    Asked asked = new Asked("open");
    HttpClient client = client(subject, asked);

    for (int i = 0; i < 3; i++) {
      assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("welcome");
    }

    assertThat(sent(server, "Authorization"))
        .containsExactly(List.of(), List.of(RIGHT), List.of(RIGHT), List.of(RIGHT));
    assertThat(asked.questions).hasSize(1);
  }

  @BothClients
  void credentialsOfOneOriginAreNotSentToAnother(Subject subject) throws Exception {
    ScriptedServer server = guarded();
    ScriptedServer other = answer(ok("hello"));
    HttpClient client = client(subject, new Asked("open"));

    client.send(get(server), BodyHandlers.discarding());
    client.send(get(other), BodyHandlers.discarding());

    assertThat(sent(other, "Authorization")).containsExactly(List.of());
  }

  @BothClients
  void credentialsAreNotSentWhereARedirectLeads(Subject subject) throws Exception {
    ScriptedServer other = answer(ok("hello"));
    ScriptedServer server =
        answer(
            (request, connection) ->
                connection.send(
                    request.values("Authorization").isEmpty()
                        ? asking(BASIC)
                        : "HTTP/1.1 302 Found\r\nLocation: "
                            + uri(other, "/")
                            + "\r\nContent-Length: 0\r\n\r\n"));
    HttpClient client =
        client(
            subject,
            builder ->
                builder
                    .authenticator(new Asked("open"))
                    .followRedirects(HttpClient.Redirect.ALWAYS));

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("hello");

    assertThat(sent(server, "Authorization")).containsExactly(List.of(), List.of(RIGHT));
    assertThat(sent(other, "Authorization")).containsExactly(List.of());
  }

  @BothClients
  void credentialsAreTriedSoOftenAndNoMore(Subject subject) {
    ScriptedServer server = guarded();
    Asked asked = new Asked("wrong");

    assertThat(failureOfSend(client(subject, asked), get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessage("too many authentication attempts. Limit: 3");

    assertThat(asked.questions).hasSize(4);
    assertThat(server.requests()).hasSize(5);
  }

  @BothClients
  void requestFailsIfThereAreNoCredentials(Subject subject) {
    ScriptedServer server = guarded();

    assertThat(
            failureOfSend(client(subject, new Asked("")), get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessage("No credentials provided");
  }

  @BothClients
  void requestFailsIfNothingSaysWhatIsAskedFor(Subject subject) {
    ScriptedServer server = answer(asking(""));

    assertThat(
            failureOfSend(
                client(subject, new Asked("open")), get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessage("WWW-Authenticate header missing for response code 401");
  }

  @BothClients
  void aTargetThatAnswersLikeAProxyMustSayWhatItAsksForToo(Subject subject) {
    ScriptedServer server = answer(asking("").replace("401 Un", "407 Un"));

    assertThat(
            failureOfSend(
                client(subject, new Asked("open")), get(server), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessage("Proxy-Authenticate header missing for response code 407");
  }

  @BothClients
  void anUnknownSchemeIsForTheCaller(Subject subject) throws Exception {
    ScriptedServer server = answer(asking("WWW-Authenticate: Negotiate\r\n"));
    Asked asked = new Asked("open");

    assertThat(client(subject, asked).send(get(server), BodyHandlers.discarding()).statusCode())
        .isEqualTo(401);
    assertThat(asked.questions).isEmpty();
  }

  @BothClients
  void withoutAnAuthenticatorTheChallengeIsTheResponse(Subject subject) throws Exception {
    ScriptedServer server = guarded();

    assertThat(client(subject).send(get(server), BodyHandlers.ofString()).body()).isEqualTo("who?");
  }

  // ---- Proxies ----

  private static final String ASKING_PROXY =
      asking("Proxy-Authenticate: Basic realm=\"gate\"\r\n").replace("401 Un", "407 Un");

  private static final String FIELD = "Proxy-Authorization";

  /** A proxy that answers for the targets itself. */
  private ScriptedServer guardedProxy() {
    return answer(
        (request, connection) ->
            connection.send(
                request.values(FIELD).equals(List.of(RIGHT)) ? ok("welcome") : ASKING_PROXY));
  }

  private HttpClient client(Subject subject, Authenticator authenticator, ScriptedServer proxy) {
    ProxySelector selector =
        ProxySelector.of(InetSocketAddress.createUnresolved("127.0.0.1", proxy.port()));
    return client(subject, builder -> builder.authenticator(authenticator).proxy(selector));
  }

  private static HttpRequest to(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).build();
  }

  @BothClients
  void proxyIsAnswered(Subject subject) throws Exception {
    ScriptedServer proxy = guardedProxy();
    Asked asked = new Asked("open");
    HttpClient client = client(subject, asked, proxy);

    HttpResponse<String> response = client.send(to("http://one.test/x"), BodyHandlers.ofString());
    client.send(to("http://two.test/y"), BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("welcome");
    assertThat(response.previousResponse().orElseThrow().statusCode()).isEqualTo(407);
    assertThat(sent(proxy, FIELD)).containsExactly(List.of(), List.of(RIGHT), List.of(RIGHT));
    assertThat(proxy.requests())
        .extracting(ReceivedRequestHead::requestLine)
        .containsExactly(
            "GET http://one.test/x HTTP/1.1",
            "GET http://one.test/x HTTP/1.1",
            "GET http://two.test/y HTTP/1.1");
    assertThat(asked.questions)
        .containsExactly("PROXY basic http 127.0.0.1 gate http://one.test/x");
  }

  @BothClients
  void proxyIsAnsweredSoOftenAndNoMore(Subject subject) {
    ScriptedServer proxy = guardedProxy();
    Asked asked = new Asked("wrong");
    HttpClient client = client(subject, asked, proxy);

    assertThat(failureOfSend(client, to("http://one.test/"), BodyHandlers.discarding()))
        .isInstanceOf(IOException.class)
        .hasMessage("too many authentication attempts. Limit: 3");

    assertThat(asked.questions).hasSize(4);
    assertThat(proxy.requests()).hasSize(5);
  }

  @BothClients
  void proxyAndServerAreAnsweredTogether(Subject subject) throws Exception {
    ScriptedServer proxy =
        answer(
            (request, connection) ->
                connection.send(
                    !request.values(FIELD).equals(List.of(RIGHT))
                        ? ASKING_PROXY
                        : request.values("Authorization").equals(List.of(RIGHT))
                            ? ok("welcome")
                            : asking(BASIC)));
    Asked asked = new Asked("open");

    HttpResponse<String> response =
        client(subject, asked, proxy).send(to("http://one.test/"), BodyHandlers.ofString());

    assertThat(response.body()).isEqualTo("welcome");
    assertThat(asked.questions)
        .containsExactly(
            "PROXY basic http 127.0.0.1 gate http://one.test/",
            "SERVER basic http one.test there http://one.test/");
  }
}
