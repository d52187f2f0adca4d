package io.httptrace.client.http2;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.netty.util.AsciiString;

/**
 * The parts of Netty's HTTP/2, each with every one of its limits and leniencies set on purpose;
 * what they come to is in {@code docs/peer-input.md}.
 *
 * @param decoder takes what is read
 * @param encoder takes what is to be written
 * @param gate sees the frames first
 * @param guard counts what brings no request forward
 */
record FrameCodec(
    Http2ConnectionDecoder decoder,
    Http2ConnectionEncoder encoder,
    FrameGate gate,
    FloodGuard guard) {

  /** A block of fields of a usual size is decoded in any case, also where heads must be small. */
  private static final int LEAST_HARD_LIMIT = 4 << 20;

  /** The length of a frame has 24 bits. */
  private static final int LARGEST_FRAME = (1 << 24) - 1;

  /** We have refused to be promised any. */
  private static final int PROMISED_STREAMS = 0;

  /** We count and join CONTINUATION frames ourselves. */
  private static final int CONTINUATIONS_UNLIMITED = 0;

  /**
   * {@return a codec}
   *
   * @param config what it is to know
   * @param streamWindow how much a server may send on a stream at a time
   * @param listener is told of the frames
   */
  static FrameCodec of(Http2Config config, int streamWindow, Http2FrameListener listener) {
    Http2Connection connection = new DefaultHttp2Connection(false, PROMISED_STREAMS);
    connection
        .local()
        .flowController(
            new DefaultHttp2LocalFlowController(
                connection, DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true));
    // All streams are worth the same: priorities are sent no more, and none are taken.
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    Http2ConnectionEncoder encoder =
        new DefaultHttp2ConnectionEncoder(
            connection, new DefaultHttp2FrameWriter((name, value) -> isSecret(name), true));
    AckWriter acks = new AckWriter(encoder);
    FloodGuard guard = new FloodGuard(config.clock());
    FrameGate gate = new FrameGate(connection, guard, acks);
    int hardLimit = hardLimit(config.maxHeadBytes());
    try {
      // At once: a server may make use of the window before, or without, acknowledging it.
      connection.local().flowController().initialWindowSize(streamWindow);
      Decoder decoder =
          new Decoder(
              connection,
              encoder,
              new FrameReader(
                  reader(config.maxHeadBytes(), hardLimit), gate, new HeaderBlocks(hardLimit)),
              hardLimit);
      decoder.frameListener(new SettingsFilter(listener, acks));
      return new FrameCodec(decoder, encoder, gate, guard);
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@return how large a block of fields may be, beyond which the connection ends} */
  static int hardLimit(int maxHeadBytes) {
    return (int) Math.min(Math.max(4L * maxHeadBytes, LEAST_HARD_LIMIT), LARGEST_FRAME);
  }

  private static Http2FrameReader reader(int maxHeadBytes, int hardLimit) throws Http2Exception {
    // Names are checked by Netty, values by us (Http2HeaderMapper).
    DefaultHttp2HeadersDecoder heads = new DefaultHttp2HeadersDecoder(true, false, maxHeadBytes);
    heads.configuration().maxHeaderListSize(maxHeadBytes, Math.max(hardLimit, maxHeadBytes));
    DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader(heads, CONTINUATIONS_UNLIMITED);
    reader.maxFrameSize(LARGEST_FRAME); // a head in one piece; FrameReader holds to what is allowed
    return reader;
  }

  /** Credentials are not put into the table of the peer (RFC 7541, section 7.1.3). */
  private static boolean isSecret(CharSequence name) {
    return AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.AUTHORIZATION)
        || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.PROXY_AUTHORIZATION);
  }

  private static final class Decoder extends DefaultHttp2ConnectionDecoder {
    private final int hardLimit;

    Decoder(
        Http2Connection connection,
        Http2ConnectionEncoder encoder,
        Http2FrameReader reader,
        int hardLimit) {
      super(
          connection,
          encoder,
          reader,
          Http2PromisedRequestVerifier.ALWAYS_VERIFY,
          false, // SETTINGS are acknowledged by SettingsFilter
          false, // PING by FrameGate
          true, // trailers without pseudo-header fields
          false); // a head without status is refused by StreamExchange
      this.hardLimit = hardLimit;
    }

    @Override
    protected long calculateMaxHeaderListSizeGoAway(long maxHeaderListSize) {
      return Math.max(hardLimit, maxHeaderListSize);
    }
  }
}
