package io.httptrace.client.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Netty's HTTP/2 codec with the settings of this client. Runs on the event loop.
 *
 * <p>The window of the connection is given back at once, and only that of a stream waits for its
 * reader: so a slow reader never holds up another stream. What can be on its way is bounded by the
 * windows of the streams.
 */
final class FramesHandler extends Http2ConnectionHandler {
  private static final int STREAM_WINDOW = 1 << 20;
  private static final int CONNECTION_WINDOW = 16 << 20;

  /** What a PING says; all say the same. */
  private static final long PING = 0x616c6976653f0000L;

  /** The last odd number that is a stream id, with some room. */
  private static final int LAST_ID = Integer.MAX_VALUE - 1000;

  private final Mode mode;
  private final Events events;
  private @Nullable ChannelHandlerContext context;
  private boolean begun;

  /** How the connection has come to speak HTTP/2. */
  enum Mode {
    /** It speaks nothing else. */
    DIRECT,
    /** It has spoken HTTP/1.1, and the first stream has its request. */
    UPGRADED
  }

  /** What is neither a frame nor a write. */
  interface Events {
    /** All that could be read for now has been told. */
    void readComplete();

    /** A stream has come to its end. */
    void streamClosed(Http2Stream stream);

    /**
     * Tells whether what is to be written has to wait for the server to read.
     *
     * @param now whether it does now
     */
    void stalled(boolean now);

    /** The server broke a rule on a stream, which is reset. */
    void streamFailed(Http2Exception.StreamException error);

    /** The connection cannot go on, and is closed. */
    void connectionFailed(Throwable error);

    /** The connection has ended. */
    void connectionEnded();
  }

  private FramesHandler(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Mode mode,
      Events events) {
    super(decoder, encoder, settings, true);
    this.mode = mode;
    this.events = events;
    connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                events.streamClosed(stream);
              }
            });
  }

  /**
   * {@return a handler}
   *
   * @param mode how the connection has come to speak HTTP/2
   * @param maxHeadBytes how large the head of a response may be
   * @param listener is told of the frames
   * @param events is told of the rest
   */
  static FramesHandler of(Mode mode, int maxHeadBytes, Http2FrameListener listener, Events events) {
    Http2Connection connection = new DefaultHttp2Connection(false);
    connection
        .local()
        .flowController(
            new DefaultHttp2LocalFlowController(
                connection, DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true));
    openStreamWindows(connection);
    return new Builder(connection, listener, mode, events)
        .initialSettings(settings(maxHeadBytes))
        .build();
  }

  /** At once: a server may make use of the window before, or without, acknowledging it. */
  private static void openStreamWindows(Http2Connection connection) {
    try {
      connection.local().flowController().initialWindowSize(STREAM_WINDOW);
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The size of the table is the default: the JDK's own test servers count on being told it. */
  private static Http2Settings settings(int maxHeadBytes) {
    return Http2Settings.defaultSettings()
        .headerTableSize(Http2CodecUtil.DEFAULT_HEADER_TABLE_SIZE)
        .pushEnabled(false)
        .initialWindowSize(STREAM_WINDOW)
        .maxHeaderListSize(maxHeadBytes);
  }

  /** {@return the settings as a field has them (RFC 7540, section 3.2.1)} */
  static String settingsToken(int maxHeadBytes) {
    Http2Settings settings = settings(maxHeadBytes);
    ByteBuffer payload = ByteBuffer.allocate(settings.size() * Http2CodecUtil.SETTING_ENTRY_LENGTH);
    settings.forEach(
        (id, value) -> payload.putShort((short) id.charValue()).putInt(value.intValue()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(payload.array());
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<FramesHandler, Builder> {
    private final Mode mode;
    private final Events events;
    private final Http2FrameListener listener;

    Builder(Http2Connection connection, Http2FrameListener listener, Mode mode, Events events) {
      this.mode = mode;
      this.events = events;
      connection(connection);
      this.listener = listener;
      autoAckSettingsFrame(false);
      headerSensitivityDetector((name, value) -> isSecret(name));
      encoderIgnoreMaxHeaderListSize(true);
    }

    /** Credentials are not put into the table of the peer (RFC 7541, section 7.1.3). */
    private static boolean isSecret(CharSequence name) {
      return AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.AUTHORIZATION)
          || AsciiString.contentEqualsIgnoreCase(name, HttpHeaderNames.PROXY_AUTHORIZATION);
    }

    @Override
    protected Builder initialSettings(Http2Settings settings) {
      return super.initialSettings(settings);
    }

    @Override
    protected FramesHandler build() {
      return super.build();
    }

    @Override
    protected FramesHandler build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      decoder.frameListener(new SettingsFilter(listener, encoder));
      return new FramesHandler(decoder, encoder, settings, mode, events);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    if (mode == Mode.UPGRADED && ctx.channel().isActive()) {
      onHttpClientUpgrade();
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return ctx;
  }

  // ---- Commands ----

  void openConnectionWindow() {
    Http2LocalFlowController windows = connection().local().flowController();
    Http2Stream all = connection().connectionStream();
    try {
      windows.incrementWindowSize(all, CONNECTION_WINDOW - windows.windowSize(all));
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    flush(context());
  }

  boolean canOpenStream() {
    return connection().local().canOpenStream();
  }

  /** {@return the id of the next stream} Netty leaves out the first, which an upgrade has. */
  int nextStreamId() {
    if (mode == Mode.DIRECT && !begun) {
      begun = true;
      return 1;
    }
    return connection().local().incrementAndGetNextStreamId();
  }

  boolean isLastStreamId(int id) {
    return id >= LAST_ID;
  }

  ChannelFuture writeHeaders(int id, Http2Headers headers, boolean last) {
    ChannelHandlerContext ctx = context();
    ChannelFuture write = encoder().writeHeaders(ctx, id, headers, 0, last, ctx.newPromise());
    flush(ctx);
    return write;
  }

  ChannelFuture writeData(int id, ByteBuf content, boolean last) {
    ChannelHandlerContext ctx = context();
    ChannelFuture write = encoder().writeData(ctx, id, content, 0, last, ctx.newPromise());
    flush(ctx);
    return write;
  }

  /** Gives bytes back to the window of a stream that has not come to its end. */
  void consume(int id, int bytes) {
    Http2Stream stream = connection().stream(id);
    if (stream == null) {
      return;
    }
    try {
      if (connection().local().flowController().consumeBytes(stream, bytes)) {
        flush(context());
      }
    } catch (Http2Exception error) {
      onError(context(), false, error);
    }
  }

  void reset(int id, Http2Error error) {
    ChannelHandlerContext ctx = context();
    ChannelFuture reset = resetStream(ctx, id, error.code(), ctx.newPromise());
    flush(ctx);
    if (!reset.isDone()) {
      events.stalled(true);
      reset.addListener(f -> events.stalled(!f.isSuccess()));
    }
  }

  /** Asks for an answer. */
  void ping() {
    ChannelHandlerContext ctx = context();
    encoder().writePing(ctx, false, PING, ctx.newPromise());
    ctx.flush();
  }

  /** Says goodbye and closes the connection, whether or not the server reads that. */
  void close() {
    ChannelHandlerContext ctx = context();
    if (ctx.channel().isActive() && !connection().goAwaySent()) {
      goAway(
          ctx,
          connection().remote().lastStreamCreated(),
          Http2Error.NO_ERROR.code(),
          ctx.alloc().buffer(0),
          ctx.newPromise());
      ctx.flush();
    }
    ctx.close();
  }

  // ---- Events ----

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    events.readComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    events.connectionEnded();
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable source =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    onError(ctx, false, source);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    events.streamFailed(error);
    super.onStreamError(ctx, outbound, cause, error);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception http2) {
    events.connectionFailed(cause);
    if (!(cause instanceof java.io.IOException)) {
      super.onConnectionError(ctx, outbound, cause, http2);
      ctx.flush();
    }
    ctx.close();
  }
}
