package io.httptrace.client.http1;

import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.netty.Pipelines;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.ChannelConnection;
import io.httptrace.client.pool.NegotiatedTls;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 connection: one exchange at a time (RFC 9112). */
public final class Http1Connection extends ChannelConnection implements ExchangeCodec {
  private final WireTap wire;
  private final Http1Handler handler;
  private volatile boolean broken;

  private Http1Connection(
      PoolKey key, long id, Channel channel, @Nullable NegotiatedTls tls, int maxHeadBytes) {
    super(key, id, channel, tls);
    this.wire = new WireTap(this::firstByte);
    this.handler = new Http1Handler(wire, new ResponseDecoder(maxHeadBytes), () -> broken = true);
  }

  /**
   * Makes a connection of a channel that is connected, and through with TLS. On the channel's event
   * loop.
   *
   * @param key what it can be used for
   * @param id its id
   * @param channel the channel; must not read by itself
   * @param tls what TLS negotiated, or null
   * @param maxHeadBytes how large the head of a response may be
   * @return the connection
   */
  public static Http1Connection on(
      PoolKey key, long id, Channel channel, @Nullable NegotiatedTls tls, int maxHeadBytes) {
    Http1Connection connection = new Http1Connection(key, id, channel, tls, maxHeadBytes);
    if (!Pipelines.hasTls(channel.pipeline()) && key.versions() != HttpVersions.HTTP_2_BY_UPGRADE) {
      ConnectionLoops.shareIoBuffers(channel);
    }
    Pipelines.addHttp1(channel.pipeline(), connection.wire, connection.handler);
    channel.read();
    return connection;
  }

  private void firstByte() {
    handler.firstByte();
  }

  @Override
  public Protocol protocol() {
    return Protocol.HTTP_1_1;
  }

  @Override
  public ExchangeCodec codec() {
    return this;
  }

  /** A server that has spoken in the meantime, be it to say goodbye, is not asked anything. */
  @Override
  public boolean isUsable() {
    return !broken && channel().isActive() && !handler.spokeFirst();
  }

  @Override
  public @Nullable Throwable failure() {
    return handler.failure();
  }

  @Override
  public @Nullable ConnectionDriver driver(IntSupplier leases) {
    return ConnectionLoops.driverOf(channel());
  }

  @Override
  public void close() {
    broken = true;
    channel().close();
  }

  /**
   * Goes on in another protocol, after the server has switched to it: the handlers of HTTP make way
   * for others, which get what the server has said in that protocol so far.
   *
   * @param next adds the others; must read
   * @return whether that happens; not once the client has been closed
   */
  public boolean switchTo(Consumer<ChannelPipeline> next) {
    return onLoop(() -> Pipelines.replaceHttp1(channel().pipeline(), next, handler::handOver));
  }

  /**
   * Runs a command on the connection's event loop, after what runs there now.
   *
   * @param command the command
   */
  public void onLoopLater(Runnable command) {
    channel().eventLoop().execute(command);
  }

  @Override
  public void begin(RequestHead head, Listener listener) {
    begin(head, List.of(), listener);
  }

  @Override
  public boolean joinsBody() {
    return true;
  }

  @Override
  public void begin(RequestHead head, List<ByteBuffer> content, Listener listener) {
    var unused = count();
    if (!onLoop(() -> handler.begin(head, content, listener))) {
      listener.failed(PlainErrors.clientClosed());
    }
  }

  @Override
  public void write(ByteBuffer content, Listener listener) {
    write(List.of(content), listener);
  }

  @Override
  public void write(List<ByteBuffer> content, Listener listener) {
    onLoop(() -> handler.write(content, listener));
  }

  @Override
  public void finish(Listener listener) {
    onLoop(() -> handler.finish(listener));
  }

  @Override
  public void read() {
    onLoop(handler::read);
  }

  @Override
  public void abort(Listener listener) {
    onLoop(() -> handler.abort(listener));
  }

  @Override
  public long wireSent() {
    return wire.sent();
  }

  @Override
  public long wireReceived() {
    return wire.received();
  }
}
