package io.httptrace.client.http2;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.pool.ChannelConnection;
import io.httptrace.client.pool.NegotiatedTls;
import io.httptrace.client.route.PoolKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection: as many exchanges at a time as the server allows (RFC 9113). */
public final class Http2Connection extends ChannelConnection {
  private final Streams streams;
  private volatile boolean closed;

  private Http2Connection(
      PoolKey key, long id, Channel channel, @Nullable NegotiatedTls tls, Streams streams) {
    super(key, id, channel, tls);
    this.streams = streams;
  }

  /**
   * Makes a connection of a channel that is connected, and through with TLS. On the channel's event
   * loop.
   *
   * @param key what it can be used for
   * @param id its id
   * @param channel the channel
   * @param tls what TLS negotiated, or null
   * @param config what it is to know
   * @return the connection
   */
  public static Http2Connection on(
      PoolKey key, long id, Channel channel, @Nullable NegotiatedTls tls, Http2Config config) {
    Streams streams = new Streams(channel, FramesHandler.Mode.DIRECT, config);
    streams.handlers().accept(channel.pipeline());
    streams.started();
    return new Http2Connection(key, id, channel, tls, streams);
  }

  /**
   * Makes a connection of one that has spoken HTTP/1.1 and is about to go on in HTTP/2 (RFC 7540,
   * section 3.2). On the channel's event loop.
   *
   * @param key what it can be used for
   * @param id its id
   * @param channel the channel
   * @param config what it is to know
   * @return the connection
   */
  public static Upgraded upgrade(PoolKey key, long id, Channel channel, Http2Config config) {
    Streams streams = new Streams(channel, FramesHandler.Mode.UPGRADED, config);
    return new Upgraded(new Http2Connection(key, id, channel, null, streams), streams);
  }

  /** {@return the value of {@code HTTP2-Settings} (RFC 7540, section 3.2.1)} */
  public static String settingsToken(int maxHeadBytes) {
    return FramesHandler.settingsToken(maxHeadBytes);
  }

  /** A connection that goes on in HTTP/2. To be used on its event loop. */
  public static final class Upgraded {
    private final Http2Connection connection;
    private final Streams streams;

    private Upgraded(Http2Connection connection, Streams streams) {
      this.connection = connection;
      this.streams = streams;
    }

    /** {@return the connection} */
    public Http2Connection connection() {
      return connection;
    }

    /**
     * {@return the rest of the exchange that has begun in HTTP/1.1} Called before the handlers are
     * in the pipeline.
     *
     * @param method the method of its request, which has been sent
     * @param listener is told of the response
     */
    public ExchangeCodec first(String method, ExchangeCodec.Listener listener) {
      connection.count();
      StreamExchange exchange = StreamExchange.upgraded(connection, streams, method, listener);
      streams.upgraded(exchange);
      return exchange;
    }

    /** {@return what adds its handlers to the pipeline} */
    public Consumer<ChannelPipeline> handlers() {
      return streams.handlers();
    }

    /** Begins; the handlers are in the pipeline. */
    public void started() {
      streams.started();
    }
  }

  @Override
  public Protocol protocol() {
    return Protocol.HTTP_2;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public int capacity() {
    return streams.capacity();
  }

  @Override
  public boolean silent() {
    return streams.silent();
  }

  @Override
  public void onRoom(Runnable action) {
    streams.onRoom(action);
  }

  @Override
  public ExchangeCodec codec() {
    return new StreamExchange(this, streams);
  }

  @Override
  public @Nullable ConnectionDriver driver(IntSupplier leases) {
    return ConnectionLoops.driverOf(channel(), leases);
  }

  /** Has the poller drive it from now on: the caller who does may be about to leave. */
  void keepPolled() {
    ConnectionDriver driver = ConnectionLoops.driverOf(channel());
    if (driver != null) {
      driver.share();
    }
  }

  @Override
  public boolean isUsable() {
    return !closed && streams.open();
  }

  @Override
  public @Nullable Throwable failure() {
    return streams.failure();
  }

  @Override
  public void close() {
    closed = true;
    onLoop(streams::close);
  }
}
