package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The head of a request as the server sees it: that of this client next to that of the JDK's.
 *
 * <p>Not compared: User-Agent, which says whose client it is; the order of the fields that the
 * client adds, which is Go's; the spelling of field names and of {@code 100-continue}. On
 * Content-Length see {@link #noLengthWithoutContentWhereNoneIsExpected}.
 */
final class RequestHeadTest extends Contract {

  /** The head of a request, its lines without User-Agent in the order of the alphabet. */
  private ReceivedRequestHead head(Subject subject, Function<ScriptedServer, HttpRequest> request)
      throws Exception {
    ScriptedServer server = server();
    client(subject).send(request.apply(server), BodyHandlers.discarding());
    ReceivedRequestHead head = server.requests().get(0);
    return new ReceivedRequestHead(
        head.requestLine(),
        head.fieldLines().stream()
            .map(line -> normal(line, server))
            .filter(line -> !line.startsWith("user-agent:"))
            .sorted()
            .toList());
  }

  private ScriptedServer server() {
    return open(
        ScriptedServer.builder("heads")
            .on("127.0.0.1")
            .on("::1")
            .connections(
                connection -> {
                  ReceivedRequestHead head = connection.readHead();
                  if (!head.values("Expect").isEmpty()) {
                    connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  }
                  connection.readBody(head);
                  connection.send(ok(""));
                }));
  }

  private static String normal(String line, ScriptedServer server) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).replace(":" + server.port(), ":PORT");
    return name + ":" + (name.equals("expect") ? value.toLowerCase(Locale.ROOT) : value);
  }

  /** {@return the same without the length of a body that is not there} */
  private static ReceivedRequestHead withoutZeroLength(ReceivedRequestHead head) {
    return new ReceivedRequestHead(
        head.requestLine(),
        head.fieldLines().stream().filter(line -> !line.equals("content-length: 0")).toList());
  }

  private ReceivedRequestHead assertSameHead(Function<ScriptedServer, HttpRequest> request)
      throws Exception {
    ReceivedRequestHead ours = head(Subject.HTTPTRACE, request);
    ReceivedRequestHead theirs = head(Subject.JDK, request);
    assertThat(withoutZeroLength(ours)).isEqualTo(withoutZeroLength(theirs));
    return ours;
  }

  private ReceivedRequestHead assertSameHead(
      String path, Function<HttpRequest.Builder, HttpRequest.Builder> settings) throws Exception {
    return assertSameHead(
        server -> settings.apply(HttpRequest.newBuilder(uri(server, path))).build());
  }

  // ---- Methods and framing ----

  @Test
  void methodsWithEachKindOfBody() throws Exception {
    BodyPublisher unknown = BodyPublishers.fromPublisher(BodyPublishers.ofString("hey"));
    for (String method :
        List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X-1", "get")) {
      for (BodyPublisher body :
          List.of(BodyPublishers.noBody(), BodyPublishers.ofString("hey"), unknown)) {
        ReceivedRequestHead head = assertSameHead("/", request -> request.method(method, body));

        assertThat(head.requestLine()).isEqualTo(method + " / HTTP/1.1");
      }
    }
  }

  /**
   * RFC 9110, section 8.6: a length of zero is sent with methods that usually have content, and
   * with no others. The JDK's client sends it whenever there is a publisher, and that of JDK 17
   * always.
   */
  @Test
  void noLengthWithoutContentWhereNoneIsExpected() throws Exception {
    Map<String, List<String>> lengths =
        Map.of(
            "GET", List.of(),
            "DELETE", List.of(),
            "OPTIONS", List.of(),
            "HEAD", List.of(),
            "POST", List.of("0"),
            "PUT", List.of("0"),
            "PATCH", List.of("0"));
    for (Map.Entry<String, List<String>> length : lengths.entrySet()) {
      ReceivedRequestHead head =
          head(
              Subject.HTTPTRACE,
              server ->
                  request(server).method(length.getKey(), BodyPublishers.ofString("")).build());

      assertThat(head.values("Content-Length")).as(length.getKey()).isEqualTo(length.getValue());
    }
  }

  @Test
  void aRequestOfAnotherClassThatNamesNoMethodIsAGet() throws Exception {
    ReceivedRequestHead head = assertSameHead(server -> PlainRequest.of(null, uri(server, "/")));

    assertThat(head.requestLine()).isEqualTo("GET / HTTP/1.1");
  }

  @Test
  void expectContinueIsAskedFor() throws Exception {
    ReceivedRequestHead head =
        assertSameHead(
            "/", request -> request.expectContinue(true).POST(BodyPublishers.ofString("hey")));

    assertThat(head.values("Expect")).containsExactly("100-continue");
  }

  // ---- Target and Host ----

  @Test
  void targets() throws Exception {
    for (String path :
        List.of(
            "",
            "/",
            "/a%20b",
            "/a?q",
            "?q=1",
            "/a#fragment",
            "/a?q#fragment",
            "/%7e/~",
            "/a%2Fb",
            "/é",
            "/e\u0301?x=€",
            "/a;b=c",
            "//x",
            "//é",
            "/a/../b/./c",
            "/a+b?c+d",
            "/a?x=%C3%A9",
            "/:@!$&'()*+,;=")) {
      assertSameHead(path, request -> request);
    }
  }

  /** The JDK's client drops the question mark, which makes it another URI (RFC 3986, 6.2.3). */
  @Test
  void anEmptyQueryStaysAQuery() throws Exception {
    ReceivedRequestHead head =
        head(Subject.HTTPTRACE, server -> HttpRequest.newBuilder(uri(server, "/a?")).build());

    assertThat(head.requestLine()).isEqualTo("GET /a? HTTP/1.1");
  }

  @Test
  void hosts() throws Exception {
    for (String uri :
        List.of(
            "http://127.0.0.1:PORT/",
            "HTTP://127.0.0.1:PORT/",
            "http://LocalHost:PORT/",
            "http://user:secret@127.0.0.1:PORT/",
            "http://[::1]:PORT/",
            "http://[0:0:0::1]:PORT/")) {
      assertSameHead(
          server ->
              HttpRequest.newBuilder(
                      URI.create(uri.replace("PORT", Integer.toString(server.port()))))
                  .build());
    }
  }

  // ---- Fields ----

  @BothClients
  void fieldsKeepSpellingAndOrderOfValuesAndAreSortedByName(Subject subject) throws Exception {
    ScriptedServer server = server();
    client(subject)
        .send(
            request(server)
                .header("X-B", "1")
                .header("x-a", "2")
                .header("x-b", "3")
                .header("Accept", "*/*")
                .build(),
            BodyHandlers.discarding());

    assertThat(server.requests().get(0).fieldLines())
        .containsSubsequence("Accept: */*", "x-a: 2", "X-B: 1", "X-B: 3");
  }

  @Test
  void valuesMayBeEmptyAndAreSentWithoutSpacesAround() throws Exception {
    ReceivedRequestHead head =
        assertSameHead("/", request -> request.header("X-A", "").header("X-B", "  b \t c  "));

    assertThat(head.fieldLines()).contains("x-a: ", "x-b: b \t c");
  }

  @Test
  void cookiesGoInOneLine() throws Exception {
    ReceivedRequestHead head =
        assertSameHead("/", request -> request.header("Cookie", "a=1").header("cookie", "b=2"));

    assertThat(head.values("Cookie")).containsExactly("a=1; b=2");
  }

  @BothClients
  void theCallersUserAgentIsSentAlsoIfItIsEmpty(Subject subject) throws Exception {
    for (String agent : List.of("me/1", "")) {
      ScriptedServer server = server();
      client(subject)
          .send(request(server).header("User-Agent", agent).build(), BodyHandlers.discarding());

      assertThat(server.requests().get(0).values("User-Agent")).containsExactly(agent);
    }
  }

  @Test
  void restrictedFieldsAreSentIfTheJdkIsToldToAllowThem() throws Exception {
    assertSameHead("/", request -> request.header("Host", "other:99"));
    assertSameHead("/", request -> request.header("Connection", "close"));
    assertSameHead(
        "/", request -> request.header("Connection", "Upgrade").header("Upgrade", "foo"));
  }

  /** How a body is framed is the client's affair: the JDK's sends requests no server can read. */
  @Test
  void theCallersTransferEncodingIsNotSent() throws Exception {
    ReceivedRequestHead head =
        head(
            Subject.HTTPTRACE,
            server ->
                request(server)
                    .header("Transfer-Encoding", "gzip")
                    .POST(BodyPublishers.ofString("hey"))
                    .build());

    assertThat(head.values("Transfer-Encoding")).isEmpty();
    assertThat(head.values("Content-Length")).containsExactly("3");
  }

  /** The JDK's client sends a question mark in their place. */
  @Test
  void charactersOfLatin1AreSentAsOneByte() throws Exception {
    ReceivedRequestHead head =
        head(
            Subject.HTTPTRACE,
            server -> PlainRequest.withHeader(uri(server, "/"), "X-A", "caf\u00e9"));

    assertThat(head.values("X-A")).containsExactly("caf\u00e9");
  }

  @BothClients
  void aRequestSentTwiceIsTheSameTwice(Subject subject) throws Exception {
    ScriptedServer server = answer(ok(""));
    HttpClient client = client(subject);
    HttpRequest request = request(server).POST(BodyPublishers.ofString("hey")).build();
    HttpHeaders before = request.headers();
    client.send(request, BodyHandlers.discarding());
    client.send(request, BodyHandlers.discarding());

    assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
    assertThat(request.headers()).isEqualTo(before);
  }
}
