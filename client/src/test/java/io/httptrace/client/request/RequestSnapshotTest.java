package io.httptrace.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests are taken, and what is said of those that are not. */
class RequestSnapshotTest {
  private static final URI URI_A = URI.create("http://a.test/");

  /** A request whose class checks nothing. */
  private static final class AnyRequest extends HttpRequest {
    @Nullable String method = "GET";
    @Nullable URI uri = URI_A;
    @Nullable Duration timeout;
    Map<String, List<String>> headers = Map.of();

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
      return Optional.empty();
    }

    @Override
    @SuppressWarnings("NullAway") // as wrong as a caller's class can be
    public String method() {
      return method;
    }

    @Override
    public Optional<Duration> timeout() {
      return Optional.ofNullable(timeout);
    }

    @Override
    public boolean expectContinue() {
      return false;
    }

    @Override
    @SuppressWarnings("NullAway") // as wrong as a caller's class can be
    public URI uri() {
      return uri;
    }

    @Override
    public Optional<HttpClient.Version> version() {
      return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
      return HttpHeaders.of(headers, (name, value) -> true);
    }
  }

  private final AnyRequest request = new AnyRequest();

  private void refused(Class<? extends Exception> type, String message) {
    assertThatThrownBy(() -> RequestSnapshot.of(request)).isInstanceOf(type).hasMessage(message);
  }

  private void refused(String message) {
    refused(IllegalArgumentException.class, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "GE T", "GET\r\nX: 1", "GÉT", "GET:"})
  void methodsThatAreNoTokens(String method) {
    request.method = method;
    refused("illegal method \"" + method.replace("\r\n", "\\r\\n") + "\"");
  }

  @Test
  void noMethodIsGet() {
    request.method = null;
    assertThat(RequestSnapshot.of(request).method()).isEqualTo("GET");
  }

  @Test
  void noUri() {
    request.uri = null;
    refused(NullPointerException.class, "uri must be non null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/path | URI with undefined scheme",
        "ftp://a.test/ | invalid URI scheme ftp",
        "http:/path | unsupported URI http:/path",
        "http://a_b.test:x/ | not a port: x",
        "http://@:80/ | no host",
        "http://a.test:65536/ | port out of range: 65536"
      })
  void urisThatLeadNowhere(String uri, String message) {
    request.uri = URI.create(uri);
    refused(message);
  }

  /** {@link URI} takes it for a character like any other, but there is no way to encode it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.test/\ud800",
        "http://a.test/\udc00\ud800",
        "http://a.test/\ud83d\ude00\ude00",
        "http://a.test/?q=\ud800&r",
        "http://a.test/#\udfff",
        "http://\ud800.test/",
        "http://user\ud800@a.test/",
      })
  void halvesOfSurrogatePairs(String uri) {
    request.uri = URI.create(uri);
    refused("URI with half of a surrogate pair");
  }

  /** The JDK's client refuses them. */
  @ParameterizedTest
  @CsvSource({"http://a_b.test:81/, a_b.test, 81", "http://127.1/, 127.1, 80"})
  void hostsThatAUriTakesForNone(String uri, String host, int port) {
    request.uri = URI.create(uri);
    assertThat(RequestSnapshot.of(request).origin()).isEqualTo(new Origin("http", host, port));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void timeoutsThatAreNotPositive(long seconds) {
    request.timeout = Duration.ofSeconds(seconds);
    refused("Invalid duration: " + request.timeout);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A B", "A:", "Ä", "A\r\nB", "A\tB"})
  void namesThatAreNoTokens(String name) {
    request.headers = Map.of(name, List.of("x"));
    String shown = name.replace("\r\n", "\\r\\n").replace("\t", "\\t");
    refused("invalid header name: \"" + shown + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\u007fb", "a\u010ab", "\u20ac"})
  void valuesWithControlCharactersOrBeyondLatin1(String value) {
    request.headers = Map.of("A", List.of("good", value));
    refused("invalid header value for A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "expect", "CONTENT-LENGTH"})
  void namesThatAreTheClients(String name) {
    request.headers = Map.of(name, List.of("1"));
    refused("restricted header name: \"" + name + "\"");
  }

  @Test
  void whatIsGoodIsTakenAsItIs() {
    HttpRequest good =
        HttpRequest.newBuilder(URI.create("https://a.test/x"))
            .method("PATCH", BodyPublishers.ofString("body"))
            .header("A", "one\ttwo \u00ff")
            .header("A", "")
            .timeout(Duration.ofSeconds(3))
            .expectContinue(true)
            .build();
    RequestSnapshot snapshot = RequestSnapshot.of(good);

    assertThat(snapshot.original()).isSameAs(good);
    assertThat(snapshot.method()).isEqualTo("PATCH");
    assertThat(snapshot.headers().map()).isEqualTo(Map.of("A", List.of("one\ttwo \u00ff", "")));
    assertThat(snapshot.contentLength()).isEqualTo(4);
    assertThat(snapshot.hasBody()).isTrue();
    assertThat(snapshot.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(snapshot.expectContinue()).isTrue();
  }

  @Test
  void noPublisherIsNoBody() {
    RequestSnapshot snapshot = RequestSnapshot.of(request);

    assertThat(snapshot.hasBody()).isFalse();
    assertThat(snapshot.publisher()).isNull();
    assertThat(snapshot.contentLength()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/, http, a.test, 80",
    "https://a.test/, https, a.test, 443",
    "HTTP://A.Test/, http, a.test, 80",
    "https://a.test:8443/, https, a.test, 8443",
    "http://user:secret@a.test:65535/, http, a.test, 65535",
    "http://[::1]:8080/, http, ::1, 8080",
    "http://127.0.0.1/, http, 127.0.0.1, 80"
  })
  void whoseTheTargetIs(String uri, String scheme, String host, int port) {
    request.uri = URI.create(uri);

    assertThat(RequestSnapshot.of(request).origin()).isEqualTo(new Origin(scheme, host, port));
  }
}
