package io.httptrace.client.http2;

import io.httptrace.client.errors.Http2Exception;
import io.httptrace.client.netty.ChannelCloseCause;
import io.httptrace.client.netty.Pipelines;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection: what exchanges do to them, and what the server says of them and of
 * the connection as a whole. All of it runs on the event loop but what is marked otherwise.
 */
final class Streams extends Http2FrameAdapter implements FramesHandler.Events, Liveness.Connection {
  /** How many streams are taken to be allowed until the server has said, as in Go. */
  private static final int INITIAL_CAPACITY = 100;

  /** How many are used at most if the server sets no limit, as in Go. */
  private static final int UNLIMITED_CAPACITY = 1000;

  private final Channel channel;
  private final FramesHandler frames;
  private final int maxHeadBytes;
  private final Liveness liveness;
  private final EndCause end = new EndCause();
  private final ActiveStreams active = new ActiveStreams();
  private List<StreamExchange> news = new ArrayList<>();
  private @Nullable Http2Exception goingAway;
  private @Nullable Runnable onRoom;
  private boolean settingsRead;

  // Read on any thread.
  private volatile int capacity = INITIAL_CAPACITY;
  private volatile boolean open = true;

  Streams(Channel channel, FramesHandler.Mode mode, Http2Config config) {
    this.channel = channel;
    this.maxHeadBytes = config.maxHeadBytes();
    this.frames = FramesHandler.of(mode, config, this, this);
    this.liveness = new Liveness(channel.eventLoop(), this, config);
  }

  /** {@return what adds its handlers to the pipeline} */
  Consumer<ChannelPipeline> handlers() {
    FrameTap wire = new FrameTap(liveness::hear, active::sent, active::received);
    return Pipelines.http2(new NotHttp2(), wire, frames);
  }

  /** The handlers are in the pipeline. */
  void started() {
    if (channel.isActive()) {
      frames.openConnectionWindow();
    }
    channel.config().setAutoRead(true);
    channel.read();
  }

  /** The exchange has the stream whose request has been sent in HTTP/1.1. */
  void upgraded(StreamExchange exchange) {
    active.add(Http2CodecUtil.HTTP_UPGRADE_STREAM_ID, exchange);
    liveness.begin();
  }

  /** {@return how large a head may be, and all informational ones of a stream together} */
  int maxHeadBytes() {
    return maxHeadBytes;
  }

  /**
   * {@return how many streams there may be at a time: SETTINGS_MAX_CONCURRENT_STREAMS of the
   * server, or none while the connection is silent} The pool keeps to it. On any thread.
   */
  int capacity() {
    return liveness.doubted() ? 0 : capacity;
  }

  /** {@return whether there are to be no new streams until something arrives} On any thread. */
  boolean silent() {
    return liveness.doubted();
  }

  /** {@return how often something has arrived} On any thread. */
  long heard() {
    return liveness.heard();
  }

  /** A request has run out of time. On any thread. */
  void outOfTime(long heardWhenSent) {
    liveness.outOfTime(heardWhenSent);
  }

  /** {@return whether there may be new streams} On any thread. */
  boolean open() {
    return open && !end.isStalled() && channel.isActive();
  }

  /**
   * {@return what has ended the connection, or will when its last stream ends; null if nothing has}
   * On any thread.
   */
  @Nullable Throwable failure() {
    return end.get();
  }

  /** Sets what to do when there may be more streams than before. On any thread, once. */
  void onRoom(Runnable action) {
    if (channel.eventLoop().inEventLoop()) {
      onRoom = action;
    } else {
      channel.eventLoop().execute(() -> onRoom = action);
    }
  }

  // ---- Commands ----

  /**
   * {@return why there cannot be another stream, or null} If the connection has ended in the
   * meantime the request may be sent on another one; but not if this one has never been of any use,
   * as when the server does not speak HTTP/2.
   *
   * @param first whether it would be the first stream
   */
  @Nullable Throwable refusal(boolean first) {
    Http2Exception away = goingAway;
    if (away != null) {
      return away;
    }
    Throwable failure = end.failure();
    if (!channel.isActive() && first) {
      return failure != null
          ? failure
          : ChannelCloseCause.error(channel, "the connection ended before there was a response");
    }
    if (!channel.isActive() || failure != null) {
      return Http2Failures.endedBefore(failure);
    }
    if (end.isRetired() || liveness.doubted()) {
      return Http2Failures.noStream("nothing arrives on the connection");
    }
    return frames.canOpenStream() ? null : Http2Failures.noStream("");
  }

  int nextId() {
    int id = frames.nextStreamId();
    if (frames.isLastStreamId(id)) {
      open = false;
    }
    return id;
  }

  ChannelFuture begin(int id, StreamExchange exchange, Http2Headers head, boolean last) {
    active.add(id, exchange);
    liveness.begin();
    return frames.writeHeaders(id, head, last);
  }

  ChannelFuture write(int id, ByteBuf content, boolean last) {
    return frames.writeData(id, content, last);
  }

  void consume(int id, int bytes) {
    frames.consume(id, bytes);
  }

  /** Resets a stream, unless it has ended. */
  void reset(int id, Http2Error error) {
    if (active.get(id) != null) {
      frames.reset(id, error);
    }
  }

  /** What was to be written could not be; if that is not for the stream alone, the channel ends. */
  void writeFailed(Throwable error) {
    end.writeFailed(error);
  }

  void hasNews(StreamExchange exchange) {
    news.add(exchange);
  }

  void close() {
    open = false;
    frames.close();
  }

  // ---- Frames ----

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endStream)
      throws io.netty.handler.codec.http2.Http2Exception {
    onHeadersRead(ctx, streamId, headers, padding, endStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endStream)
      throws io.netty.handler.codec.http2.Http2Exception {
    if (streamId % 2 == 0) {
      // Netty takes it for a stream that was promised (RFC 9113, section 5.1.1).
      throw io.netty.handler.codec.http2.Http2Exception.connectionError(
          Http2Error.PROTOCOL_ERROR, "the server opened stream %d", streamId);
    }
    StreamExchange exchange = active.get(streamId);
    if (exchange != null) {
      liveness.hearResponse();
      exchange.headers(headers, endStream);
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    StreamExchange exchange = active.get(streamId);
    liveness.hearResponse();
    return exchange == null
        ? data.readableBytes() + padding
        : exchange.data(data, padding, endOfStream);
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
    active.reset(streamId, errorCode);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    Long streams = settings.maxConcurrentStreams();
    if (streams != null) {
      capacity = (int) Math.min(streams, UNLIMITED_CAPACITY);
    } else if (!settingsRead) {
      capacity = UNLIMITED_CAPACITY;
    }
    settingsRead = true;
    roomGrew();
  }

  private void roomGrew() {
    Runnable action = onRoom;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData) {
    open = false;
    Http2Exception away = Http2Failures.ofGoAway(errorCode, debugData);
    goingAway = away;
    active.failAfter(lastStreamId, away);
  }

  // ---- Events ----

  @Override
  public void readComplete() {
    List<StreamExchange> told = news;
    if (!told.isEmpty()) {
      news = new ArrayList<>();
      told.forEach(StreamExchange::readComplete);
    }
    closeIfDone();
  }

  @Override
  public void streamClosed(Http2Stream stream) {
    active.remove(stream.id());
    closeIfDone();
  }

  /** The connection may be of no more use once its last stream has ended. */
  private void closeIfDone() {
    if ((goingAway != null || end.isRetired()) && active.isEmpty() && news.isEmpty()) {
      close();
    }
  }

  /**
   * A server that does not read what is written may be gone: its connection gets no new streams as
   * long as it does not.
   */
  @Override
  public void stalled(boolean now) {
    end.stalled(now);
  }

  // ---- Silence ----

  @Override
  public boolean inUse() {
    return !active.isEmpty();
  }

  @Override
  public void ping() {
    if (channel.isActive()) {
      frames.ping();
    }
  }

  @Override
  public void trusted() {
    roomGrew();
  }

  @Override
  public void retire() {
    open = false;
    end.retire();
    closeIfDone();
  }

  @Override
  public void dead() {
    failAll(Http2Failures.silent());
    frames.close();
  }

  // ---- The end ----

  @Override
  public void streamFailed(StreamException error) {
    active.fail(error.streamId(), Http2Failures.ofStream(error));
  }

  @Override
  public void connectionFailed(Throwable error) {
    if (error instanceof HeaderBlocks.HeadTooLarge head) {
      active.fail(head.stream(), Http2Failures.headTooLarge(head));
    }
    failAll(Http2Failures.ofConnection(error));
  }

  @Override
  public void connectionEnded() {
    liveness.stop();
    Http2Exception away = goingAway;
    String message = "the connection ended before the response was complete";
    end.ended();
    if (away == null) {
      failAll(ChannelCloseCause.error(channel, message));
      return;
    }
    EOFException ended = new EOFException(message);
    ended.initCause(away);
    failAll(ended);
  }

  private void failAll(Throwable error) {
    open = false;
    end.failed(error);
    active.failAll(error);
  }
}
