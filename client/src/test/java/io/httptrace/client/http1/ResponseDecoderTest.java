package io.httptrace.client.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the table "HTTP/1.x" in {@code docs/peer-input.md}. */
class ResponseDecoderTest {
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String ABC = "3\r\nabc\r\n0\r\n\r\n";
  private static final String EARLY_HINTS = "\r\nHTTP/1.1 103 E\r\nLink: z\r\n\r\n";
  private static final String NO_CONTENT = "HTTP/1.1 204 N\r\n\r\n";
  private static final String MALFORMED = "malformed response: ";

  private static Arguments get(String what, String response, String outcome) {
    return Arguments.of(what, "GET", response, outcome);
  }

  private static Arguments statusLine(String line, String outcome) {
    return get(line, line + "\r\nContent-Length: 0\r\n\r\n", outcome);
  }

  private static Arguments field(String line, String outcome) {
    return get(line, "HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 0\r\n\r\n", outcome);
  }

  static Stream<Arguments> statusLines() {
    String ok = "HTTP/1.1 200 Content-Length=0 empty kept end";
    String noStatus = MALFORMED + "the status is not a number of three digits from 100 on";
    return Stream.of(
        statusLine("HTTP/1.1 200 OK", ok),
        statusLine("HTTP/1.1 200", ok),
        statusLine("HTTP/1.1 200 ", ok),
        statusLine("HTTP/1.1  200\t Very \u00e9 \u0001 OK ", ok),
        statusLine("\r\n\r\n\n\r\nHTTP/1.1 200 OK", ok),
        statusLine("\r\n\r\n\n\n\nHTTP/1.1 200 OK", MALFORMED + "no status line, but empty ones"),
        statusLine("HTTP/1.2 200 OK", ok.replace("1.1", "1.2")),
        statusLine("HTTP/1.0 200 OK", "HTTP/1.0 200 Content-Length=0 empty end"),
        statusLine("HTTP/1.1 999 OK", ok.replace("200", "999")),
        statusLine(" HTTP/1.1 200 OK", MALFORMED + "not a status line of HTTP/1: \"...\""),
        statusLine("http/1.1 200 OK", MALFORMED + "not a status line of HTTP/1: \"http/1.1...\""),
        statusLine("HTTP/2.0 200 OK", MALFORMED + "not a status line of HTTP/1: \"HTTP/2.0...\""),
        statusLine("HTTP/1.10 200", MALFORMED + "not a version of HTTP/1: \"HTTP/1.10...\""),
        statusLine("HTTP/1.x 200", MALFORMED + "not a version of HTTP/1: \"HTTP/1.x...\""),
        statusLine("HTTP/1.1", MALFORMED + "not a version of HTTP/1: \"HTTP/1.1\""),
        statusLine("HTTP/1. 200", MALFORMED + "not a version of HTTP/1: \"HTTP/1....\""),
        statusLine(
            "SSH-2.0-OpenSSH_9.2p1 Debian", // A secret could be behind it.
            MALFORMED + "not a status line of HTTP/1: \"SSH-2.0-OpenSSH_9.2p...\""),
        statusLine("HTTP/1.1 +200 OK", noStatus),
        statusLine("HTTP/1.1 -20 OK", noStatus),
        statusLine("HTTP/1.1 20 OK", noStatus),
        statusLine("HTTP/1.1 2000 OK", noStatus),
        statusLine("HTTP/1.1 200OK", noStatus),
        statusLine("HTTP/1.1 099 OK", noStatus),
        statusLine("HTTP/1.1 2 0 OK", noStatus),
        statusLine("HTTP/1.1 \r200 OK", noStatus),
        statusLine("HTTP/1.1 ", noStatus));
  }

  static Stream<Arguments> fields() {
    String head = "HTTP/1.1 200 ";
    String rest = " Content-Length=0 empty kept end";
    return Stream.of(
        field("X-A: 1\r\nx-a:2", head + "X-A=1 x-a=2" + rest),
        field("X-A:", head + "X-A=" + rest),
        field("X-A: \t caf\u00e9 \u007f\u0001 \t", head + "X-A=caf\u00e9 \u007f\u0001" + rest),
        field("X-A: a\0b\rc", head + "X-A=a b c" + rest),
        field("X-A: a\r", head + "X-A=a" + rest),
        field("!#$%&'*+-.^_`|~09azAZ: 1", head + "!#$%&'*+-.^_`|~09azAZ=1" + rest),
        field("X-A: a\r\n b\r\n\t\tc \n  \n d", head + "X-A=a b c d" + rest),
        field("X-A:\r\n a", head + "X-A=a" + rest),
        field("X-A: a\r\n ", head + "X-A=a" + rest),
        field(" X-A: a", MALFORMED + "a first field that begins with a blank"),
        field("\t", MALFORMED + "a first field that begins with a blank"),
        field(
            "X-A : secret",
            MALFORMED + "a blank between the name of a field and its colon: \"X-A...\""),
        field(
            "Set-Cookie evil: secret",
            MALFORMED + "the name of a field is not a token: \"Set-Cookie...\""),
        field("X(A): secret", MALFORMED + "the name of a field is not a token: \"X(A):...\""),
        field("X-\u00e9: secret", MALFORMED + "the name of a field is not a token: \"X-...\""),
        field(
            "Set-Cookie\r\n : secret",
            MALFORMED + "a blank between the name of a field and its colon: \"Set-Cookie...\""),
        field(": secret", MALFORMED + "a field without a name"),
        field("no colon here", MALFORMED + "a line of the head that has no colon: \"no...\""),
        field("\r", MALFORMED + "a line of the head that has no colon: \"...\""),
        get(
            "too large",
            "HTTP/1.1 200 OK\r\nX-A: " + "x".repeat(Decoded.MAX_HEAD),
            "response head is too large"),
        get(
            "as large as it may be",
            "HTTP/1.1 204 N\r\nX: " + "x".repeat(Decoded.MAX_HEAD - 23) + "\r\n\r\n",
            "HTTP/1.1 204 X=" + "x".repeat(Decoded.MAX_HEAD - 23) + " empty kept end"),
        get(
            "one byte more than it may be",
            "HTTP/1.1 204 N\r\nX: " + "x".repeat(Decoded.MAX_HEAD - 22) + "\r\n\r\n",
            "response head is too large"));
  }

  static Stream<Arguments> informational() {
    return Stream.of(
        get(
            "100, 103 and 199, whatever they say of content",
            "HTTP/1.1 100 C\r\nContent-Length: x\r\nTransfer-Encoding: y\r\n\r\n"
                + EARLY_HINTS
                + "HTTP/1.1 199 X\n\n"
                + NO_CONTENT,
            "HTTP/1.1 100 Content-Length=x Transfer-Encoding=y HTTP/1.1 103 Link=z HTTP/1.1 199"
                + " HTTP/1.1 204 empty kept end"),
        get(
            "101",
            "HTTP/1.1 101 S\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 101 Content-Length=3 empty end rest <abc>"),
        get(
            "more than a head may be, together",
            ("HTTP/1.1 103 E\r\nLink: " + "x".repeat(3000) + "\r\n\r\n").repeat(3),
            ("HTTP/1.1 103 Link=" + "x".repeat(3000) + " ").repeat(2)
                + "response head is too large"));
  }

  static Stream<Arguments> lengths() {
    String ok = "HTTP/1.1 200 ";
    return Stream.of(
        get("none", "HTTP/1.1 200 OK\r\n\r\nabc", ok + "<abc> to the end"),
        length("3", "kept <abc> end rest <de>"),
        length("3\r\nContent-Length: 03", "Content-Length=03 kept <abc> end rest <de>"),
        length("3, 3,3", "kept <abc> end rest <de>"),
        length("9223372036854775807", "kept <abcde> unfinished"),
        length("9223372036854775808", MALFORMED + "Content-Length is not a number"),
        length("3\r\nContent-Length: 4", MALFORMED + "lengths that differ"),
        length("3, 4", MALFORMED + "lengths that differ"),
        length("3,", MALFORMED + "Content-Length is not a number"),
        length("+3", MALFORMED + "Content-Length is not a number"),
        length("-3", MALFORMED + "Content-Length is not a number"),
        length("3 3", MALFORMED + "Content-Length is not a number"),
        length("3\0", "kept <abc> end rest <de>"),
        length("0x3", MALFORMED + "Content-Length is not a number"),
        length("\u0663", MALFORMED + "Content-Length is not a number"),
        length("", MALFORMED + "Content-Length is not a number"),
        get(
            "a name that is only like it",
            "HTTP/1.1 200 OK\r\nContent-Length x: 3\r\n\r\nabc",
            MALFORMED + "the name of a field is not a token: \"Content-Length...\""),
        get("205", "HTTP/1.1 205 R\r\n\r\n", "HTTP/1.1 205 to the end"),
        get(
            "204, whatever it says",
            "HTTP/1.1 204 N\r\nContent-Length: 3, 4\r\n\r\nabc",
            "HTTP/1.1 204 Content-Length=3, 4 empty kept end rest <abc>"),
        get(
            "304, whatever it says",
            "HTTP/1.1 304 N\r\nTransfer-Encoding: gzip\r\n\r\n",
            "HTTP/1.1 304 Transfer-Encoding=gzip empty kept end"),
        Arguments.of(
            "HEAD",
            "HEAD",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 Transfer-Encoding=chunked empty kept end"),
        Arguments.of(
            "CONNECT",
            "CONNECT",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 200 Content-Length=3 empty kept end rest <abc>"),
        Arguments.of(
            "CONNECT that is refused",
            "CONNECT",
            "HTTP/1.1 502 B\r\nContent-Length: 3\r\n\r\nabc",
            "HTTP/1.1 502 Content-Length=3 kept <abc> end"));
  }

  private static Arguments length(String value, String outcome) {
    String shown = value.split("\r\n", 2)[0].trim();
    return get(
        "Content-Length: " + value,
        "HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r\n\r\nabcde",
        outcome.startsWith(MALFORMED)
            ? outcome
            : "HTTP/1.1 200 Content-Length=" + shown + " " + outcome);
  }

  static Stream<Arguments> persistence() {
    return Stream.of(
        option("HTTP/1.1", "Connection: close", ""),
        option("HTTP/1.1", "Connection: x , CLOSE", ""),
        option("HTTP/1.1", "Connection: x\r\nConnection: close", ""),
        option("HTTP/1.1", "Connection: closed", "kept "),
        option("HTTP/1.1", "Connection: keep-alive, close", ""),
        option("HTTP/1.0", "Connection: x,Keep-Alive", "kept "),
        option("HTTP/1.0", "X: y", ""));
  }

  private static Arguments option(String version, String line, String kept) {
    return get(
        version + " " + line,
        version + " 204 N\r\n" + line + "\r\n\r\n",
        version
            + " 204 "
            + line.replace(": ", "=").replace("\r\n", " ")
            + " empty "
            + kept
            + "end");
  }

  static Stream<Arguments> codings() {
    String unknown = MALFORMED + "unsupported transfer coding: ";
    return Stream.of(
        coding("CHUNKED", "kept <abc> end"),
        coding(" , chunked,", "kept <abc> end"),
        coding("\r\n chunked", "kept <abc> end"),
        coding("identity, chunked", "kept <abc> end"),
        coding("chunked\r\nContent-Length: 99", "Content-Length=99 <abc> end"),
        coding("chunked\r\nContent-Length: x", "Content-Length=x <abc> end"),
        coding(
            "identity\r\nContent-Length: 3",
            "Content-Length=3 <3\r\n> end rest <abc\r\n0\r\n\r\n>"),
        coding("identity", "<3\r\nabc\r\n0\r\n\r\n> to the end"),
        coding("", "<3\r\nabc\r\n0\r\n\r\n> to the end"),
        coding("gzip, chunked", unknown + "gzip"),
        coding("chunked, GZIP", unknown + "gzip"),
        coding("gzip\r\nTransfer-Encoding: chunked", unknown + "gzip"),
        coding("chunked; q=\"secret\"", unknown + "chunked"),
        coding("xchunked", unknown + "xchunked"),
        coding("secret".repeat(20), unknown + "secretsecretsecretse"),
        coding("chunked, chunked", MALFORMED + "chunked more than once"),
        coding("chunked\r\nTransfer-Encoding: chunked", MALFORMED + "chunked more than once"),
        get(
            "chunked in HTTP/1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" + ABC,
            "HTTP/1.0 200 Transfer-Encoding=chunked Connection=keep-alive <abc> end"));
  }

  private static Arguments coding(String value, String outcome) {
    String shown = value.split("\r\n(?! )", 2)[0].trim();
    return get(
        "Transfer-Encoding: " + value,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        outcome.startsWith(MALFORMED)
            ? outcome
            : "HTTP/1.1 200 Transfer-Encoding=" + shown + " " + outcome);
  }

  static Stream<Arguments> chunks() {
    String noSize = MALFORMED + "the size of a chunk is not a number";
    String longer = "<abc> " + MALFORMED + "a chunk that is longer than its size";
    String large = MALFORMED + "a chunk of more than 2^63 bytes";
    return Stream.of(
        chunks("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nx", "<abcde> end rest <x>"),
        chunks("3\nabc\n2\nde\n0\n\n", "<abcde> end"),
        chunks("003  \r\nabc\r\n2\t;x\r\nde\r\n00;y=\"\0\r\"\r\n\r\n", "<abcde> end"),
        chunks("a\r\n0123456789\r\nA;\r\n0123456789\r\n0\r\n\r\n", "<01234567890123456789> end"),
        chunks("3\r\nabc\r\n0\r\nX-T: 1\r\n 2\r\nx-t:3\n\r\n", "<abc> end {X-T=[1 2, 3]}"),
        chunks(
            "0\r\nContent-Length: 9\r\nConnection: close\r\n\r\n",
            "end {Connection=[close], Content-Length=[9]}"),
        chunks("80000000\r\nabc", "<abc> unfinished"),
        chunks("7fffffffffffffff\r\nabc", "<abc> unfinished"),
        chunks("00000000000000000003\r\nabc\r\n0\r\n\r\n", "<abc> end"),
        chunks("8000000000000000\r\nabc", large),
        chunks("10000000000000000\r\nabc", large),
        chunks("\r\nabc", noSize),
        chunks(" 3\r\nabc", noSize),
        chunks("zz\r\nabc", noSize),
        chunks("-1\r\nabc", noSize),
        chunks("+3\r\nabc", noSize),
        chunks("0x3\r\nabc", noSize),
        chunks("3 3\r\nabc", noSize),
        chunks("3\r\r\nabc", noSize),
        chunks(";x\r\nabc", noSize),
        chunks("3\r\nabcXX2\r\nde\r\n0\r\n\r\n", longer),
        chunks("3\r\nabcX\n0\r\n\r\n", longer),
        chunks("3\r\nabc\rX0\r\n\r\n", longer),
        chunks("3\r\nabc\r\r0\r\n\r\n", longer),
        chunks(
            "3;" + "x".repeat(ResponseDecoder.MAX_CHUNK_LINE - 4) + "\r\nabc\r\n0\r\n\r\n",
            "<abc> end"),
        chunks(
            "3;" + "x".repeat(ResponseDecoder.MAX_CHUNK_LINE - 3) + "\r\nabc\r\n0\r\n\r\n",
            MALFORMED + "a chunk whose first line is longer than 4096 bytes"),
        chunks("0\r\nX T: 1\r\n\r\n", MALFORMED + "the name of a field is not a token: \"X...\""),
        chunks(
            "0\r\nX: " + "x".repeat(Decoded.MAX_HEAD) + "\r\n\r\n",
            "response head is too large: its trailers"),
        chunks("3\r\nabc\r\n0\r\n", "<abc> unfinished"),
        chunks("3\r\nabc\r\n", "<abc> unfinished"),
        chunks("3\r\nab", "<ab> unfinished"));
  }

  private static Arguments chunks(String chunks, String outcome) {
    return get(
        chunks.substring(0, Math.min(chunks.length(), 60)),
        CHUNKED + chunks,
        "HTTP/1.1 200 Transfer-Encoding=chunked kept " + outcome);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "statusLines",
    "fields",
    "informational",
    "lengths",
    "persistence",
    "codings",
    "chunks"
  })
  void isDecodedAs(String what, String method, String response, String outcome) {
    assertThat(Decoded.of(method, response)).isEqualTo(outcome);
  }

  /** However the bytes are cut, they mean the same. */
  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "statusLines",
    "fields",
    "informational",
    "lengths",
    "persistence",
    "codings",
    "chunks"
  })
  void isDecodedAlikeWhereverItIsCut(String what, String method, String response, String outcome) {
    int step = Math.max(1, response.length() / 400);
    for (int i = 0; i <= response.length(); i += step) {
      assertThat(
              Decoded.ofPieces(
                  method, Unpooled::copiedBuffer, response.substring(0, i), response.substring(i)))
          .as("cut at " + i)
          .isEqualTo(outcome);
    }
    assertThat(
            Decoded.ofPieces(
                method, bytes -> Unpooled.directBuffer().writeBytes(bytes), response.split("")))
        .as("byte by byte")
        .isEqualTo(outcome);
  }
}
