package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that are refused before anything is done: both doors throw at once. */
final class RequestValidationTest extends Contract {
  private static final URI SOMEWHERE = URI.create("http://127.0.0.1:1/");

  private void assertRefused(
      Subject subject, HttpRequest request, Class<? extends Throwable> type, String message) {
    HttpClient client = client(subject);

    assertThatThrownBy(() -> client.send(request, BodyHandlers.discarding()))
        .isExactlyInstanceOf(type)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> client.sendAsync(request, BodyHandlers.discarding()))
        .isExactlyInstanceOf(type)
        .hasMessageContaining(message);
  }

  private void assertIllegal(Subject subject, HttpRequest request, String message) {
    assertRefused(subject, request, IllegalArgumentException.class, message);
  }

  @BothClients
  void methods(Subject subject) {
    assertIllegal(subject, PlainRequest.of("", SOMEWHERE), "illegal method \"\"");
    assertIllegal(subject, PlainRequest.of("G T", SOMEWHERE), "illegal method \"G T\"");
    assertIllegal(subject, PlainRequest.of("G\r\nT", SOMEWHERE), "illegal method \"G\\r\\nT\"");
    assertIllegal(subject, PlainRequest.of("GÉT", SOMEWHERE), "illegal method \"GÉT\"");
    assertIllegal(subject, PlainRequest.of("CONNECT", SOMEWHERE), "Unsupported method CONNECT");
  }

  @BothClients
  void uris(Subject subject) {
    Map<String, String> messages = new LinkedHashMap<>();
    messages.put("/x", "URI with undefined scheme");
    messages.put("ftp://host/x", "invalid URI scheme ftp");
    messages.put("http:///x", "unsupported URI http:///x");
    messages.forEach(
        (uri, message) -> assertIllegal(subject, PlainRequest.of("GET", URI.create(uri)), message));
    assertRefused(
        subject, PlainRequest.of("GET", null), NullPointerException.class, "uri must be non null");
  }

  /**
   * The JDK's client fails with an exception that says nothing of it, at the earliest when sent.
   */
  @Test
  void halfOfASurrogatePairIsNamed() {
    for (String uri :
        new String[] {
          "http://127.0.0.1:1/\ud800", "http://127.0.0.1:1/?\udc00", "http://h/#\ud800"
        }) {
      assertIllegal(
          Subject.HTTPTRACE,
          PlainRequest.of("GET", URI.create(uri)),
          "URI with half of a surrogate pair");
    }
  }

  @Test
  void soItIsForAWebSocket() {
    URI uri = URI.create("ws://127.0.0.1:1/\ud800");

    assertThat(client(Subject.HTTPTRACE).newWebSocketBuilder().buildAsync(uri, new Heard()))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IllegalArgumentException.class)
        .withMessage("URI with half of a surrogate pair");
  }

  @BothClients
  void timeouts(Subject subject) {
    assertIllegal(
        subject, PlainRequest.withTimeout(SOMEWHERE, Duration.ZERO), "Invalid duration: PT0S");
    assertIllegal(
        subject,
        PlainRequest.withTimeout(SOMEWHERE, Duration.ofSeconds(-1)),
        "Invalid duration: PT-1S");
  }

  @BothClients
  void restrictedHeaders(Subject subject) {
    for (String name : new String[] {"Content-Length", "content-length", "Expect"}) {
      assertIllegal(
          subject,
          PlainRequest.withHeader(SOMEWHERE, name, "1"),
          "restricted header name: \"" + name + "\"");
    }
  }

  @BothClients
  void headerNamesAndValues(Subject subject) {
    assertIllegal(
        subject, PlainRequest.withHeader(SOMEWHERE, "a b", "c"), "invalid header name: \"a b\"");
    for (String value : new String[] {"x\r\ny: z", "x\ny", "x\0y", "x\u007fy", "€"}) {
      assertIllegal(
          subject, PlainRequest.withHeader(SOMEWHERE, "a", value), "invalid header value for a");
    }
  }

  /** A value may be a secret; the JDK's client shows it. */
  @Test
  void aBadHeaderValueIsNotShown() {
    assertThatThrownBy(
            () ->
                client(Subject.HTTPTRACE)
                    .send(
                        PlainRequest.withHeader(SOMEWHERE, "Authorization", "secret\nsecret"),
                        BodyHandlers.discarding()))
        .hasMessage("invalid header value for Authorization");
  }

  @BothClients
  void nulls(Subject subject) {
    HttpClient client = client(subject);
    HttpRequest request = HttpRequest.newBuilder(SOMEWHERE).build();

    assertThatThrownBy(() -> client.send(null, BodyHandlers.discarding()))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.send(request, null))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.sendAsync(null, BodyHandlers.discarding()))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.sendAsync(request, null))
        .isExactlyInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> client.sendAsync(request, null, null))
        .isExactlyInstanceOf(NullPointerException.class);
  }

  @Test
  void nullsAreNamed() {
    HttpClient client = client(Subject.HTTPTRACE);
    HttpRequest request = HttpRequest.newBuilder(SOMEWHERE).build();

    assertThatThrownBy(() -> client.send(null, BodyHandlers.discarding())).hasMessage("request");
    assertThatThrownBy(() -> client.send(request, null)).hasMessage("responseBodyHandler");
    assertThatThrownBy(() -> client.sendAsync(null, BodyHandlers.discarding()))
        .hasMessage("request");
    assertThatThrownBy(() -> client.sendAsync(request, null)).hasMessage("responseBodyHandler");
  }

  @BothClients
  void aPushHandlerMayBeNullOrNot(Subject subject) throws Exception {
    var server = answer(ok("hi"));

    assertThat(soon(client(subject).sendAsync(get(server), BodyHandlers.ofString(), null)).body())
        .isEqualTo("hi");
    assertThat(
            soon(client(subject)
                    .sendAsync(
                        get(server),
                        BodyHandlers.ofString(),
                        (initiating, pushed, acceptor) -> {
                          throw new AssertionError("nothing was pushed");
                        }))
                .body())
        .isEqualTo("hi");
  }
}
