package io.httptrace.benchmarks.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the server answers, made once. */
final class Responses {
  static final ByteBuf BODY_100 = body(100);
  static final ByteBuf BODY_1M = body(1 << 20);

  static final ByteBuf HELLO = response(BODY_100, false);
  static final ByteBuf MEGABYTE = response(BODY_1M, false);
  static final ByteBuf CLOSING = response(BODY_100, true);
  static final ByteBuf CONTINUE = text("HTTP/1.1 100 Continue\r\n\r\n");
  static final ByteBuf NOT_FOUND = text("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

  private Responses() {}

  private static ByteBuf body(int length) {
    ByteBuf body = Unpooled.directBuffer(length);
    for (int i = 0; i < length; i++) {
      body.writeByte('a' + i % 26);
    }
    return Unpooled.unreleasableBuffer(body);
  }

  private static ByteBuf text(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, US_ASCII));
  }

  static String head(int length, boolean close) {
    return "HTTP/1.1 200 OK\r\nServer: benchmark\r\nDate: Sun, 22 Nov 2026 16:00:00 GMT\r\n"
        + "Content-Type: text/plain\r\n"
        + (close ? "Connection: close\r\n" : "")
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static ByteBuf response(ByteBuf body, boolean close) {
    byte[] head = head(body.readableBytes(), close).getBytes(US_ASCII);
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(head.length + body.readableBytes())
            .writeBytes(head)
            .writeBytes(body.duplicate()));
  }
}
