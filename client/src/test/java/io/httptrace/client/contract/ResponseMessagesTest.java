package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses byte for byte: how their heads are read, and where their bodies end (RFC 9112). */
final class ResponseMessagesTest extends Contract {
  private static final String ABC = "3\r\nabc\r\n0\r\n\r\n";
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static Arguments get(String what, String response, String outcome) {
    return Arguments.of("GET", Named.of(what, response), outcome);
  }

  private static Arguments head(String what, String response, String outcome) {
    return Arguments.of("HEAD", Named.of(what, response), outcome);
  }

  private static String withField(String line) {
    return "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + line + "\r\n\r\nabc";
  }

  private static String withStatusLine(String line) {
    return line + "\r\nContent-Length: 3\r\n\r\nabc";
  }

  // ---- What both read ----

  static Stream<Arguments> wellFormed() {
    return Subject.each(
        Stream.of(
            get(
                "a field twice",
                withField("X-A: 1\r\nx-a: 2"),
                "200 {content-length=[3], x-a=[1, 2]} abc"),
            get(
                "fields without a value",
                withField("X-A:\r\nX-B: \r\nX-C:v\r\nX-D:  v w  "),
                "200 {content-length=[3], x-a=[], x-b=[], x-c=[v], x-d=[v w]} abc"),
            get(
                "bytes above ASCII",
                withField("X-A: caf\u00e9"),
                "200 {content-length=[3], x-a=[caf\u00e9]} abc"),
            get(
                "a folded value",
                withField("X-A: a\r\n b\r\n\tc"),
                "200 {content-length=[3], x-a=[a b c]} abc"),
            get(
                "lines that end in LF",
                "HTTP/1.1 200 OK\nContent-Length: 3\nX-A: b\n\nabc",
                "200 {content-length=[3], x-a=[b]} abc"),
            get("no reason", withStatusLine("HTTP/1.1 200"), "200 {content-length=[3]} abc"),
            get("an empty reason", withStatusLine("HTTP/1.1 200 "), "200 {content-length=[3]} abc"),
            get(
                "a status of no known class",
                withStatusLine("HTTP/1.1 999 X"),
                "999 {content-length=[3]} abc"),
            get(
                "a later HTTP/1",
                withStatusLine("HTTP/1.2 200 OK"),
                "200 {content-length=[3]} abc"),
            get(
                "205 with no body",
                "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n",
                "205 {content-length=[0]} "),
            get(
                "204 with a length of zero",
                "HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n",
                "204 {content-length=[0]} "),
            get(
                "304 with a length",
                "HTTP/1.1 304 Not\r\nContent-Length: 20\r\n\r\n",
                "304 {content-length=[20]} "),
            head(
                "HEAD with a length",
                "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n",
                "200 {content-length=[20]} "),
            get(
                "chunks, with an extension",
                CHUNKED + "3\r\nabc\r\n2;x=\"y\"\r\nde\r\n0\r\n\r\n",
                "200 {transfer-encoding=[chunked]} abcde"),
            get(
                "chunks, size and coding in other letters",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\na\r\n0123456789\r\n00\r\n\r\n",
                "200 {transfer-encoding=[Chunked]} 0123456789"),
            get(
                "chunks with trailers, which are dropped",
                CHUNKED + "3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
                "200 {transfer-encoding=[chunked]} abc"),
            get(
                "chunks, their sizes padded with blanks",
                CHUNKED + "3  \r\nabc\r\n0 \r\n\r\n",
                "200 {transfer-encoding=[chunked]} abc"),
            get(
                "chunks in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                "200 {transfer-encoding=[chunked]} abc"),
            get("a body up to the end", "HTTP/1.1 200 OK\r\n\r\nabc", "200 {} abc"),
            get("an empty body up to the end", "HTTP/1.1 200 OK\r\n\r\n", "200 {} "),
            get("HTTP/1.0", "HTTP/1.0 200 OK\r\nX-A: 1\r\n\r\nabc", "200 {x-a=[1]} abc"),
            get(
                "another coding than chunked",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nabc",
                "200 {transfer-encoding=[identity]} abc"),
            get(
                "more than the length",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef",
                "200 {content-length=[3]} abc"),
            get(
                "100 that nobody asked for",
                "HTTP/1.1 100 Continue\r\n\r\n" + ok("abc"),
                "200 {content-length=[3]} abc"),
            get(
                "100 with a length",
                "HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\n" + ok("abc"),
                "200 {content-length=[3]} abc"),
            get(
                "102, 103 and 199",
                "HTTP/1.1 102 P\r\n\r\nHTTP/1.1 103 E\r\nLink: x\r\n\r\nHTTP/1.1 199 X\r\n\r\n"
                    + ok("abc"),
                "200 {content-length=[3]} abc"),
            get(
                "401 is a response like others",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 3\r\n\r\nabc",
                "401 {content-length=[3], www-authenticate=[Basic realm=x]} abc"),
            get(
                "302 is a response like others",
                "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 3\r\n\r\nabc",
                "302 {content-length=[3], location=[/x]} abc")));
  }

  @ParameterizedTest
  @MethodSource
  void wellFormed(Subject subject, String method, String response, String outcome)
      throws Exception {
    HttpRequest request =
        request(answerAndClose(response)).method(method, BodyPublishers.noBody()).build();
    HttpClient client = client(subject);

    assertThat(describe(client.send(request, BodyHandlers.ofString(ISO_8859_1))))
        .isEqualTo(outcome);
    assertThat(describe(soon(client.sendAsync(request, BodyHandlers.ofString(ISO_8859_1)))))
        .isEqualTo(outcome);
  }

  private static String describe(HttpResponse<String> response) {
    return response.statusCode() + " " + response.headers().map() + " " + response.body();
  }

  // ---- What both refuse ----

  static Stream<Arguments> malformed() {
    return Subject.each(
        Stream.of(
            response("status of two digits", withStatusLine("HTTP/1.1 99 X")),
            response("status below 100", withStatusLine("HTTP/1.1 099 X")),
            response("status of no digits", withStatusLine("HTTP/1.1 abc X")),
            response("status below zero", withStatusLine("HTTP/1.1 -20 X")),
            response("HTTP/2 in the status line", withStatusLine("HTTP/2.0 200 OK")),
            response("a first field that is folded", "HTTP/1.1 200 OK\r\n X: a\r\n\r\n"),
            response("a name above ASCII", withField("X-\u00e9: v")),
            response("a name with a blank", withField("Set-Cookie evil: v")),
            response("a blank before the colon", withField("X-A : v")),
            response("a status line in other letters", withStatusLine("http/1.1 200 OK")),
            response("a status line behind a blank", withStatusLine(" HTTP/1.1 200 OK")),
            response("a head that is too large", withField("X-A: " + "x".repeat(1_100_000)))));
  }

  private static Arguments response(String what, String response) {
    return Arguments.of(Named.of(what, response));
  }

  @ParameterizedTest
  @MethodSource
  void malformed(Subject subject, String response) {
    assertFails(
        client(subject),
        get(answerAndClose(response)),
        BodyHandlers.ofString(),
        ProtocolException.class);
  }

  static Stream<Arguments> badChunks() {
    return Subject.each(
        Stream.of(
            response("a size of no digits", CHUNKED + "zz\r\nabc\r\n0\r\n\r\n"),
            response("a size below zero", CHUNKED + "-1\r\nabc\r\n0\r\n\r\n"),
            response(
                "a size beyond all measure", CHUNKED + "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n")));
  }

  /** Ours has a type of its own for it, a ProtocolException; theirs is a plain IOException. */
  @ParameterizedTest
  @MethodSource
  void badChunks(Subject subject, String response) {
    HttpClient client = client(subject);
    HttpRequest request = get(answerAndClose(response));

    assertThat(failureOfSend(client, request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertThat(failureOfSendAsync(client, request, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  static Stream<Arguments> brokenOff() {
    return Subject.each(
        Stream.of(
            response("nothing", ""),
            response("in the status line", "HTTP/1.1 2"),
            response("not HTTP at all", "<html>hello</html>"),
            response("in the head", "HTTP/1.1 200 OK\r\nContent-Le"),
            response("before the end of the head", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"),
            response("after 100", "HTTP/1.1 100 Continue\r\n\r\n"),
            response(
                "in a body of known length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"),
            response("in a chunk", CHUNKED + "5\r\nabc"),
            response("before the last chunk", CHUNKED + "3\r\nabc\r\n"),
            response("in the last chunk", CHUNKED + "3\r\nabc\r\n0\r\n")));
  }

  @ParameterizedTest
  @MethodSource
  void brokenOff(Subject subject, String response) {
    HttpClient client = client(subject);
    HttpRequest request = get(answerAndClose(response));

    assertFails(client, request, BodyHandlers.ofString(), IOException.class);
    assertThat(failureOfSend(client, request, BodyHandlers.ofString()))
        .hasRootCauseInstanceOf(EOFException.class);
  }

  // ---- Where we differ on purpose ----

  static Stream<Arguments> onlyOurs() {
    return Stream.of(
        // 204 and 304 have no body whatever they say (RFC 9112, section 6.3); theirs refuses it.
        get("204 with a length", "HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\n", "204 "),
        // One odd value is no reason to refuse a response that Go and curl read; theirs is one.
        get("NUL in a value", withField("X-A: a\0b"), "200 abc"),
        get("CR in a value", withField("X-A: a\rb"), "200 abc"),
        get("a control character in a value", withField("X-A: a\u0001b"), "200 abc"),
        get("DEL in a value", withField("X-A: a\u007fb"), "200 abc"),
        // Section 6.3: chunks win; theirs counts bytes, so that it hands over a part of the chunks.
        get(
            "a length and chunks",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + ABC,
            "200 abc"),
        // Section 2.2; theirs waits for CR.
        get("chunks whose lines end in LF", CHUNKED + "3\nabc\n0\n\n", "200 abc"),
        get("an empty line first", withStatusLine("\r\nHTTP/1.1 200 OK"), "200 abc"),
        // Equal lengths count as one (section 6.3); of a list theirs makes an illegal argument.
        get(
            "lengths that agree",
            "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\nContent-Length: 3\r\n\r\nabc",
            "200 abc"),
        // A response as Go has it; theirs knows it from its own upgrades only, and refuses it.
        get("101", "HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "101 "),
        // The limit is 1 MiB and can be set; theirs is 384 KiB.
        get("a large head", withField("X-A: " + "x".repeat(500_000)), "200 abc"));
  }

  @ParameterizedTest
  @MethodSource
  void onlyOurs(String method, String response, String outcome) throws Exception {
    HttpResponse<String> got =
        client(Subject.HTTPTRACE)
            .send(
                request(answerAndClose(response)).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());

    assertThat(got.statusCode() + " " + got.body()).isEqualTo(outcome);
  }

  static Stream<Arguments> refusedByOursOnly() {
    return Stream.of(
        // Section 6.3: framing that contradicts itself; theirs picks one of the two.
        response(
            "lengths that differ",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        // Section 6.1: a coding that cannot be undone; theirs hands it over as if it were content.
        response(
            "gzip, chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        response("an unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: x\r\n\r\nabc"),
        response("status with a sign", withStatusLine("HTTP/1.1 +200 OK")),
        // Not a number: theirs takes +3, waits for -3 bytes, or throws a NumberFormatException.
        response("a length with a sign", withField("").replace("Length: 3", "Length: +3")),
        response("a length below zero", withField("").replace("Length: 3", "Length: -3")),
        response("a length of no digits", withField("").replace("Length: 3", "Length: x3")),
        response("an empty length", withField("").replace("Length: 3", "Length: ")),
        response(
            "a length beyond all measure", withField("").replace(": 3", ": 99999999999999999999")),
        // Section 7.1: theirs takes anything for the end of a chunk, and no size for the last.
        response("a chunk that does not end", CHUNKED + "3\r\nabcXX2\r\nde\r\n0\r\n\r\n"),
        response("a chunk without a size", CHUNKED + "\r\nabc\r\n0\r\n\r\n"),
        // Section 5: theirs leaves such lines out.
        response("a line without a colon", withField("nocolon")),
        response("a field without a name", withField(": v")),
        // Section 4: theirs reads the first three digits.
        response("status of four digits", withStatusLine("HTTP/1.1 2000 X")));
  }

  @ParameterizedTest
  @MethodSource
  void refusedByOursOnly(String response) {
    assertFails(
        client(Subject.HTTPTRACE),
        get(answerAndClose(response)),
        BodyHandlers.ofString(),
        ProtocolException.class);
  }
}
