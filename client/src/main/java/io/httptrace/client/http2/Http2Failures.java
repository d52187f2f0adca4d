package io.httptrace.client.http2;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.Http2Exception.Reason;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.netty.PlainErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gives what Netty says of streams and connections the types of this client. */
final class Http2Failures {
  private static final int MAX_DEBUG_TEXT = 200;

  private Http2Failures() {}

  static Throwable ofStream(StreamException error) {
    return error instanceof HeaderListSizeException
        ? headTooLarge(error)
        : new Http2Exception(
            Reason.STREAM_ERROR, error.error().code(), false, text(error), behind(error));
  }

  static ResponseException headTooLarge(Throwable error) {
    return ResponseException.of(ResponseException.Reason.HEADER_TOO_LARGE, text(error));
  }

  static IOException ofConnection(Throwable error) {
    io.netty.handler.codec.http2.Http2Exception http2 =
        io.netty.handler.codec.http2.Http2CodecUtil.getEmbeddedHttp2Exception(error);
    if (http2 != null) {
      return new Http2Exception(
          Reason.CONNECTION_ERROR, http2.error().code(), false, text(http2), behind(http2));
    }
    Throwable plain = PlainErrors.of(error);
    return plain instanceof IOException known
        ? known
        : new Http2Exception(
            Reason.CONNECTION_ERROR, Http2Error.INTERNAL_ERROR.code(), false, text(plain), plain);
  }

  /**
   * {@return what lies behind an error, or null} What Netty's own exception says is in the message;
   * its type would tell the caller nothing, and one that quotes a buffer is about what has come.
   */
  private static @Nullable Throwable behind(io.netty.handler.codec.http2.Http2Exception error) {
    Throwable cause = error.getCause();
    while (cause instanceof io.netty.handler.codec.http2.Http2Exception) {
      cause = cause.getCause();
    }
    return cause == null || quotesBuffer(cause) ? null : PlainErrors.of(cause);
  }

  /** {@return whether Netty's HPACK decoder says that a block has ended too early} */
  private static boolean quotesBuffer(Throwable error) {
    return error.getMessage() != null && error.getMessage().contains("ByteBuf(");
  }

  static Throwable ofWriting(Throwable error) {
    return ofConnection(PlainErrors.ofWrite(error));
  }

  /** {@return what GOAWAY means for those it leaves out} */
  static Http2Exception ofGoAway(long errorCode, ByteBuf debugData) {
    String detail =
        debugData.isReadable()
            ? "debug data: "
                + printable(
                    ByteBufUtil.getBytes(
                        debugData,
                        debugData.readerIndex(),
                        Math.min(debugData.readableBytes(), MAX_DEBUG_TEXT)))
            : "";
    return new Http2Exception(Reason.GOING_AWAY, errorCode, true, detail, null);
  }

  private static String printable(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      text.append(b >= ' ' && b < 127 ? (char) b : '.');
    }
    return text.toString();
  }

  /** {@return why a request was not sent on a connection} */
  static Http2Exception endedBefore(@Nullable Throwable failure) {
    return new Http2Exception(
        Reason.GOING_AWAY,
        Http2Error.NO_ERROR.code(),
        true,
        "the connection had ended before",
        failure);
  }

  /** {@return why a request was not sent on a connection} */
  static Http2Exception noStream(String detail) {
    return new Http2Exception(
        Reason.NO_STREAM, Http2Error.REFUSED_STREAM.code(), true, detail, null);
  }

  /** {@return why a connection was given up} */
  static Http2Exception silent() {
    return new Http2Exception(
        Reason.PING_TIMEOUT, Http2Error.NO_ERROR.code(), false, "nothing has arrived", null);
  }

  /** {@return what Netty says} It may quote what has come, or a buffer of its own. */
  private static String text(Throwable error) {
    if (quotesBuffer(error)) {
      return "a header block that ends too early";
    }
    String message = error.getMessage() == null ? "" : error.getMessage();
    byte[] shown = message.getBytes(StandardCharsets.ISO_8859_1);
    return shown.length > MAX_DEBUG_TEXT
        ? printable(Arrays.copyOf(shown, MAX_DEBUG_TEXT)) + "..."
        : printable(shown);
  }
}
