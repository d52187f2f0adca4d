package io.httptrace.conformance.http2.fault;

import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.ScriptedHttp2Connection;
import io.httptrace.conformance.http2.fault.Http2Fault.Outcome;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import java.util.List;

/** Servers that send invalid heads (RFC 9113, section 8.2 and 8.3), or abuse HPACK (RFC 7541). */
final class HeadFaults {
  private static final HeaderBlock HEAD = HeaderBlock.status(200);

  static final List<Http2Fault> ALL =
      List.of(
          head("no-status", HeaderBlock.empty().field("x", "y")),
          head("empty-head", HeaderBlock.empty()),
          head("status-twice", HEAD.field(":status", "404")),
          head("status-not-a-number", HeaderBlock.empty().field(":status", "2oo")),
          head("status-of-four-digits", HeaderBlock.empty().field(":status", "2000")),
          head("pseudo-field-of-a-request", HEAD.field(":path", "/")),
          head("unknown-pseudo-field", HEAD.field(":unknown", "x")),
          head(
              "pseudo-field-after-others",
              HeaderBlock.empty().field("x", "y").field(":status", "200")),
          head("field-name-in-upper-case", HEAD.field("X-Upper", "y")),
          head("field-name-empty", HEAD.field("", "y")),
          head("field-value-with-a-line-break", HEAD.field("x", "y\r\nz: injected")),
          head("connection-field", HEAD.field("connection", "close")),
          head("transfer-encoding-field", HEAD.field("transfer-encoding", "chunked")),
          head("informational-that-ends", HeaderBlock.status(103)),
          head("status-101", HeaderBlock.status(101)),
          head("content-length-without-content", HEAD.field("content-length", "5")),
          head("content-length-not-a-number", HEAD.field("content-length", "-5")),
          body("content-length-with-empty-content", HEAD.field("content-length", "5"), ""),
          body("content-length-too-small", HEAD.field("content-length", "3"), "hello"),
          body("content-length-too-large", HEAD.field("content-length", "9"), "hello"),
          body(
              "content-length-twice",
              HEAD.field("content-length", "5").field("content-length", "6"),
              "hello"),
          Http2Fault.of(
              "trailers-that-do-not-end",
              Outcome.STREAM_FAILS,
              (http2, streams) -> {
                HeaderBlock trailers = HeaderBlock.empty().field("t", "1");
                http2.send(Frame.headers(streams.get(0), HEAD));
                http2.send(Frame.headers(streams.get(0), trailers).bytes());
              }),
          Http2Fault.of(
              "pseudo-field-in-trailers",
              Outcome.STREAM_FAILS,
              (http2, streams) -> {
                http2.send(Frame.headers(streams.get(0), HEAD));
                http2.send(Frame.headers(streams.get(0), HEAD).endStream().bytes());
              }),
          // 4 kilobytes are put into the table, and then referred to 12,000 times: 48 megabytes.
          head(
              "hpack-bomb",
              HeaderBlock.status(200)
                  .indexedField("x", "v".repeat(4_000))
                  .raw(Flood.repeat(HeaderBlock.empty().index(62).bytes(), 12_000))),
          Http2Fault.of(
              "very-many-fields",
              Outcome.ANY,
              (http2, streams) -> {
                HeaderBlock many =
                    HEAD.raw(Flood.repeat(HeaderBlock.empty().index(15).bytes(), 16_000));
                for (int stream : streams) {
                  http2.send(Frame.headers(stream, many).endStream());
                }
              }),
          Http2Fault.of("hpack-bombs-again-and-again", Outcome.ANY, HeadFaults::bombs),
          block("hpack-table-larger-than-allowed", HeaderBlock.empty().tableSize(1 << 30)),
          block("hpack-index-0", HeaderBlock.empty().index(0)),
          block("hpack-index-nobody-has", HEAD.index(1_000)),
          block("hpack-number-without-end", HEAD.raw(filled(64, 0xff))),
          block("hpack-text-longer-than-the-block", HEAD.raw(bytes(0, 1, 'x', 0x7f, 0xff, 0x7f))),
          block("hpack-size-in-the-middle", HEAD.tableSize(0).field("x", "y")),
          block("hpack-huffman-end-of-text", HEAD.raw(bytes(0, 1, 'x', 0x84, 255, 255, 255, 255))));

  private HeadFaults() {}

  private static Http2Fault head(String name, HeaderBlock head) {
    return Http2Fault.of(
        name,
        Outcome.STREAM_FAILS,
        (http2, streams) -> http2.send(Frame.headers(streams.get(0), head).endStream().bytes()));
  }

  private static Http2Fault body(String name, HeaderBlock head, String body) {
    return Http2Fault.of(
        name,
        Outcome.STREAM_FAILS,
        (http2, streams) ->
            http2.send(
                Flood.bytes(
                    Frame.headers(streams.get(0), head),
                    Frame.data(streams.get(0), body).endStream())));
  }

  /** An invalid block is an error of the connection (RFC 9113, section 4.3). */
  private static Http2Fault block(String name, HeaderBlock block) {
    return Http2Fault.of(
        name,
        Outcome.CONNECTION_FAILS,
        (http2, streams) -> http2.send(Frame.headers(streams.get(0), block).endStream().bytes()));
  }

  private static void bombs(ScriptedHttp2Connection http2, List<Integer> streams) throws Exception {
    HeaderBlock fill = HeaderBlock.status(103).indexedField("x", "v".repeat(4_000));
    HeaderBlock bomb =
        HeaderBlock.status(103).raw(Flood.repeat(HeaderBlock.empty().index(62).bytes(), 12_000));
    http2.send(Frame.headers(streams.get(0), fill).bytes());
    Flood.of(http2, 100, Frame.headers(streams.get(0), bomb));
    for (int stream : streams.subList(1, streams.size())) {
      http2.respond(stream, 200, "hello");
    }
  }

  private static byte[] filled(int count, int value) {
    return Flood.repeat(bytes(value), count);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
