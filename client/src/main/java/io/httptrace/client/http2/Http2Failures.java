package io.httptrace.client.http2;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.Http2Exception.Reason;
import io.httptrace.client.errors.ResponseException;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import java.io.IOException;
import java.net.SocketException;

/** Gives what Netty says of streams and connections the types of this client. */
final class Http2Failures {
  private Http2Failures() {}

  static Throwable ofStream(StreamException error) {
    if (error instanceof HeaderListSizeException) {
      return new ResponseException(ResponseException.Reason.HEADER_TOO_LARGE, error);
    }
    return new Http2Exception(Reason.STREAM_ERROR, error.error().code(), false, text(error), error);
  }

  static IOException ofConnection(Throwable error) {
    if (error instanceof IOException known) {
      return known;
    }
    io.netty.handler.codec.http2.Http2Exception http2 =
        io.netty.handler.codec.http2.Http2CodecUtil.getEmbeddedHttp2Exception(error);
    long code = http2 == null ? 2 : http2.error().code();
    return new Http2Exception(Reason.CONNECTION_ERROR, code, false, text(error), error);
  }

  /** What the system says of a write is a plain IOException, though of a read it is typed. */
  static Throwable ofWriting(Throwable error) {
    if (error.getClass() == IOException.class) {
      SocketException typed = new SocketException(error.getMessage());
      typed.initCause(error);
      return typed;
    }
    return ofConnection(error);
  }

  private static String text(Throwable error) {
    return error.getMessage() == null ? "" : error.getMessage();
  }
}
