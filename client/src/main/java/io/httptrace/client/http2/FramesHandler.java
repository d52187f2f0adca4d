package io.httptrace.client.http2;

import io.httptrace.client.concurrent.Turn;
import io.httptrace.client.netty.ConnectionLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
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

  private final FrameCodec codec;
  private final Mode mode;
  private final Events events;
  private final Runnable endOfTurn = this::endOfTurn;
  private final Runnable flushDue = this::flushDue;
  private final Runnable askForFlush = this::askForFlush;

  /** Whether all that is written goes out when the futures have been completed that made it. */
  private boolean isFlushDue;

  /** Whether bytes go out at this moment: what is flushed meanwhile follows at once. */
  private boolean isFlushing;

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

    /** A stream has ended. */
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

  private FramesHandler(FrameCodec codec, Http2Settings settings, Mode mode, Events events) {
    super(codec.decoder(), codec.encoder(), settings, true, true);
    this.codec = codec;
    this.mode = mode;
    this.events = events;
    gracefulShutdownTimeoutMillis(0); // we close a connection when we mean to
    connection()
        .addListener(
            new Http2ConnectionAdapter() {
              @Override
              public void onStreamClosed(Http2Stream stream) {
                codec.gate().streamClosed(STREAM_WINDOW);
                events.streamClosed(stream);
              }
            });
  }

  /**
   * {@return a handler}
   *
   * @param mode how the connection has come to speak HTTP/2
   * @param config what it is to know
   * @param listener is told of the frames
   * @param events is told of the rest
   */
  static FramesHandler of(
      Mode mode, Http2Config config, Http2FrameListener listener, Events events) {
    return new FramesHandler(
        FrameCodec.of(config, STREAM_WINDOW, listener),
        settings(config.maxHeadBytes()),
        mode,
        events);
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

  /**
   * All that is written in one turn of the connection goes out together, and all that depends on
   * futures which are completed together; but what others have written meanwhile does not wait for
   * those.
   */
  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (isFlushing || !ConnectionLoops.atEndOfTurn(ctx.channel(), endOfTurn)) {
      super.flush(ctx);
    }
  }

  private void endOfTurn() {
    if (!Turn.completesFutures() || ConnectionLoops.runsForOthers(context().channel())) {
      flushNow();
    } else if (!isFlushDue) {
      isFlushDue = true;
      if (!Turn.afterCompletions(askForFlush)) {
        flushDue();
      }
    }
  }

  private void askForFlush() {
    context().channel().eventLoop().execute(flushDue);
  }

  private void flushDue() {
    isFlushDue = false;
    flushNow();
  }

  private void flushNow() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && !ctx.isRemoved()) {
      isFlushing = true;
      try {
        super.flush(ctx);
      } finally {
        isFlushing = false;
      }
    }
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
    // The server gives windows back for it, in pieces as small as it likes.
    codec.guard().earn(FloodGuard.HEAD + content.readableBytes() / 256);
    ChannelHandlerContext ctx = context();
    ChannelFuture write = encoder().writeData(ctx, id, content, 0, last, ctx.newPromise());
    flush(ctx);
    return write;
  }

  /** Gives bytes back to the window of a stream that has not ended. */
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
    flushNow(); // whether the server reads is told by this
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
    flushNow();
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
    if (connection().stream(error.streamId()) == null) {
      try {
        codec.guard().spend(FloodGuard.HEAVY);
      } catch (Http2Exception flood) {
        onConnectionError(ctx, outbound, flood, flood);
        return;
      }
    }
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
