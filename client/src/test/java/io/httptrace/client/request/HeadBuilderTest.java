package io.httptrace.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.http.RequestHead;
import io.httptrace.client.route.HttpVersions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of requests: which fields, in which order. */
class HeadBuilderTest {
  private static final String AGENT = "User-Agent: httptrace/0.1";

  private static HttpRequest.Builder to(String uri) {
    return HttpRequest.newBuilder(URI.create(uri));
  }

  private static HttpRequest.Builder get() {
    return to("http://a.test/");
  }

  private static RequestHead head(HttpRequest.Builder request) {
    return head(request, defaults(true, false));
  }

  private static RequestDefaults defaults(boolean keepAlive, boolean compression) {
    return defaults(keepAlive, compression, List.of("httptrace/0.1"));
  }

  private static RequestDefaults defaults(
      boolean keepAlive, boolean compression, List<String> userAgent) {
    return new RequestDefaults(
        keepAlive, compression, userAgent, HttpClient.Version.HTTP_1_1, HttpVersions.HTTP_1_1);
  }

  private static RequestHead head(HttpRequest.Builder builder, RequestDefaults defaults) {
    RequestSnapshot request = RequestSnapshot.of(builder.build());
    return HeadBuilder.of(request, Route.of(request, null, defaults), defaults);
  }

  private static List<String> lines(RequestHead head) {
    return head.fields().stream()
        .flatMap(field -> field.values().stream().map(value -> field.name() + ": " + value))
        .toList();
  }

  private static List<String> lines(HttpRequest.Builder request) {
    return lines(head(request));
  }

  private static Flow.Publisher<ByteBuffer> publisher() {
    return subscriber -> {};
  }

  @Test
  void theLeastThereCanBe() {
    RequestHead head = head(get());

    assertThat(lines(head)).containsExactly("Host: a.test", AGENT);
    assertThat(head.method()).isEqualTo("GET");
    assertThat(head.target()).isEqualTo("/");
    assertThat(head.hasBody()).isFalse();
    assertThat(head.keepAlive()).isTrue();
  }

  @Test
  void withoutAnyUserAgentNoneIsSent() {
    assertThat(lines(head(get(), defaults(true, false, List.of()))))
        .containsExactly("Host: a.test");
    assertThat(lines(head(get().header("user-agent", "me/1"), defaults(true, false, List.of()))))
        .containsExactly("Host: a.test", "User-Agent: me/1");
  }

  /**
   * What is not ASCII is composed first, as by the JDK's client. What cannot stand in a target is
   * encoded even if that makes it ASCII.
   */
  @ParameterizedTest
  @CsvSource({
    "http://a.test/e\u0301?\u20ac, /%C3%A9?%E2%82%AC",
    "http://a.test/\u1fef?\u1fef#\u1fef, /%60?%60",
    "http://a.test/\u212a\u037e%C3?%c3, /K;%C3?%c3",
    "http://a.test/\ufffe\ue000\u200b\ufeff, /%EF%BF%BE%EE%80%80%E2%80%8B%EF%BB%BF",
    "http://a.test/\ud83d\ude00, /%F0%9F%98%80",
    "http://a.test//\u00e9:80, //%C3%A9:80",
    "http://a.test?\u00e9, /?%C3%A9",
  })
  void targetsThatAreNotAscii(String uri, String target) {
    assertThat(head(to(uri)).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test, /",
    "http://a.test?q=1, /?q=1",
    "http://a.test/x/y?q=a%20b&r#fragment, /x/y?q=a%20b&r",
    "http://a.test/%C3%A4;p=1, /%C3%A4;p=1",
    "http://a.test//x, //x",
    "http://a.test/?, /?"
  })
  void target(String uri, String target) {
    assertThat(head(to(uri)).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test:80/, a.test",
    "http://a.test:443/, a.test:443",
    "https://a.test:443/, a.test",
    "https://a.test:80/, a.test:80",
    "http://[::1]:8080/, [::1]:8080",
    "http://user:secret@a.test/, a.test"
  })
  void host(String uri, String host) {
    assertThat(lines(to(uri))).first().isEqualTo("Host: " + host);
  }

  @Test
  void theCallersFieldsComeByNameAndItsOwnHostAndAgentCount() {
    assertThat(
            lines(
                get()
                    .header("X-B", "2")
                    .header("x-a", "1")
                    .header("X-B", "3")
                    .header("user-agent", "mine")
                    .header("Host", "front.test")))
        .containsExactly("Host: front.test", "User-Agent: mine", "x-a: 1", "X-B: 2", "X-B: 3");
  }

  @Test
  void bodiesOfKnownLength() {
    assertThat(lines(get().POST(BodyPublishers.ofString("hello"))))
        .containsExactly("Host: a.test", AGENT, "Content-Length: 5");
  }

  @Test
  void bodiesOfUnknownLength() {
    RequestHead head = head(get().POST(BodyPublishers.fromPublisher(publisher())));

    assertThat(lines(head)).containsExactly("Host: a.test", AGENT, "Transfer-Encoding: chunked");
    assertThat(head.contentLength()).isEqualTo(-1);
    assertThat(head.hasBody()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"POST, true", "PUT, true", "PATCH, true", "DELETE, false", "GET, false"})
  void methodsThatMeanABodySayThatThereIsNone(String method, boolean says) {
    assertThat(lines(get().method(method, BodyPublishers.noBody())).contains("Content-Length: 0"))
        .isEqualTo(says);
  }

  @Test
  void expect() {
    RequestHead head = head(get().POST(BodyPublishers.ofString("hello")).expectContinue(true));

    assertThat(lines(head))
        .containsExactly("Host: a.test", AGENT, "Content-Length: 5", "Expect: 100-continue");
    assertThat(head.expectContinue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailers", "gzip, Trailers", "gzip;q=0.5,trailers"})
  void overHttp2OnlyTrailersAreSaidToBeTaken(String value) {
    assertThat(lines(Http2HeadBuilder.of(head(get().header("TE", value)), "http")))
        .containsExactly(
            ":authority: a.test",
            ":method: GET",
            ":path: /",
            ":scheme: http",
            "user-agent: httptrace/0.1",
            "te: trailers");
  }

  @Test
  void overHttp2NothingElseIsSaidOfTransferCodings() {
    RequestHead head = head(get().header("TE", "gzip").header("Connection", "TE, x-hop,"));

    assertThat(lines(Http2HeadBuilder.of(head, "http")))
        .containsExactly(
            ":authority: a.test",
            ":method: GET",
            ":path: /",
            ":scheme: http",
            "user-agent: httptrace/0.1");
  }

  @Test
  void framingIsNotTheCallers() {
    assertThat(lines(get().header("Transfer-Encoding", "gzip").header("A", "1")))
        .containsExactly("Host: a.test", AGENT, "A: 1");
  }

  @Test
  void withoutKeepAliveTheRequestSaysSo() {
    RequestHead head = head(get().header("X", "1"), defaults(false, false));

    assertThat(lines(head)).containsExactly("Host: a.test", AGENT, "X: 1", "Connection: close");
    assertThat(head.keepAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "x, close", "close,y"})
  void theCallerMayCloseTheConnection(String value) {
    RequestHead head = head(get().header("Connection", value));

    assertThat(lines(head)).containsExactly("Host: a.test", AGENT, "Connection: " + value);
    assertThat(head.keepAlive()).isFalse();
  }

  @Test
  void anotherConnectionOptionDoesNotClose() {
    assertThat(head(get().header("Connection", "x-closer")).keepAlive()).isTrue();
  }

  private static boolean asksForGzip(HttpRequest.Builder builder) {
    RequestSnapshot request = RequestSnapshot.of(builder.build());
    RequestHead head = head(builder, defaults(true, true));
    boolean asks = lines(head).contains("Accept-Encoding: gzip");
    assertThat(HeadBuilder.asksForGzip(request, true)).isEqualTo(asks);
    assertThat(HeadBuilder.asksForGzip(request, false)).isFalse();
    return asks;
  }

  @Test
  void gzipIsAskedForUnlessTheCallerKnowsBetter() {
    assertThat(asksForGzip(get())).isTrue();
    assertThat(asksForGzip(get().header("accept-encoding", "br"))).isFalse();
    assertThat(asksForGzip(get().header("Range", "bytes=0-1"))).isFalse();
    assertThat(asksForGzip(get().method("HEAD", BodyPublishers.noBody()))).isFalse();
  }
}
