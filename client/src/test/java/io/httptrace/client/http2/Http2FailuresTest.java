package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.errors.ResponseException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a caller is told has no type of Netty's, at the top or as a cause. */
class Http2FailuresTest {
  private static final io.netty.handler.codec.http2.Http2Exception OF_NETTY =
      io.netty.handler.codec.http2.Http2Exception.connectionError(
          Http2Error.FRAME_SIZE_ERROR, "Frame length: %d exceeds maximum: %d", 9, 8);

  @Test
  void aBrokenRuleIsSaidOnce() {
    assertThat(Http2Failures.ofConnection(OF_NETTY))
        .isExactlyInstanceOf(Http2Exception.class)
        .hasMessage(
            "the server broke a rule on the connection: FRAME_SIZE_ERROR"
                + " (Frame length: 9 exceeds maximum: 8)")
        .hasNoCause();
    assertThat(Http2Failures.ofConnection(new DecoderException(OF_NETTY)))
        .hasMessage(Http2Failures.ofConnection(OF_NETTY).getMessage())
        .hasNoCause();
  }

  @Test
  void soIsOneOfAStream() {
    assertThat(Http2Failures.ofStream(ofStream("odd", null)))
        .isExactlyInstanceOf(Http2Exception.class)
        .hasMessageEndingWith("PROTOCOL_ERROR (odd)")
        .hasNoCause();
    assertThat(
            Http2Failures.ofStream(
                (StreamException)
                    io.netty.handler.codec.http2.Http2Exception.headerListSizeError(
                        3, Http2Error.PROTOCOL_ERROR, true, "too much")))
        .isExactlyInstanceOf(ResponseException.class)
        .hasMessageEndingWith(": too much")
        .hasNoCause();
  }

  @Test
  void whatLiesBehindItIsKept() {
    IllegalStateException bug = new IllegalStateException("bug");

    assertThat(Http2Failures.ofStream(ofStream("odd", bug))).hasCause(bug);
    assertThat(Http2Failures.ofStream(ofStream("odd", new DecoderException(bug)))).hasCause(bug);
    assertThat(Http2Failures.ofConnection(bug))
        .isExactlyInstanceOf(Http2Exception.class)
        .hasMessageEndingWith("INTERNAL_ERROR (bug)")
        .hasCause(bug);
    assertThat(Http2Failures.ofConnection(new DecoderException(bug)))
        .hasMessageEndingWith("INTERNAL_ERROR (bug)")
        .hasCause(bug);
  }

  @Test
  void whatTheSystemSaysStaysAndWhatTheEngineSaysDoesNot() {
    IOException reset = new SocketException("Connection reset");

    assertThat(Http2Failures.ofConnection(reset)).isSameAs(reset);
    assertThat(Http2Failures.ofConnection(new ClosedChannelException()))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("the connection is closed")
        .hasNoCause();
    assertThat(Http2Failures.ofWriting(new SSLException("SSLEngine closed already")))
        .isExactlyInstanceOf(SSLException.class)
        .hasMessage("the TLS connection is closed")
        .hasNoCause();
  }

  private static StreamException ofStream(String message, @Nullable Throwable cause) {
    io.netty.handler.codec.http2.Http2Exception error =
        cause == null
            ? io.netty.handler.codec.http2.Http2Exception.streamError(
                3, Http2Error.PROTOCOL_ERROR, message)
            : io.netty.handler.codec.http2.Http2Exception.streamError(
                3, Http2Error.PROTOCOL_ERROR, cause, message);
    return (StreamException) error;
  }
}
