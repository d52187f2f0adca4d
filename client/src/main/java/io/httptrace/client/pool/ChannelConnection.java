package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.netty.ConnectionLoops;
import io.httptrace.client.netty.ReadTime;
import io.httptrace.client.route.PoolKey;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection over one channel, whatever is spoken on it. */
public abstract class ChannelConnection implements PooledConnection {
  private final PoolKey key;
  private final long id;
  private final Channel channel;
  private final @Nullable NegotiatedTls tls;
  private final AtomicLong requests = new AtomicLong();

  /**
   * Makes a connection of a channel that is connected.
   *
   * @param key what it can be used for
   * @param id its id
   * @param channel the channel
   * @param tls what TLS negotiated with its target, or null if it is plain
   */
  protected ChannelConnection(PoolKey key, long id, Channel channel, @Nullable NegotiatedTls tls) {
    this.key = key;
    this.id = id;
    this.channel = channel;
    this.tls = tls;
    ConnectionLoops.keepAddresses(channel);
  }

  @Override
  public final PoolKey key() {
    return key;
  }

  @Override
  public final long id() {
    return id;
  }

  /** {@return the channel} */
  public final Channel channel() {
    return channel;
  }

  @Override
  public final ConnectionInfo info() {
    return ConnectionInfo.of(
        id,
        channel.localAddress(),
        channel.remoteAddress(),
        protocol().text(),
        tls == null ? null : tls.state(),
        requests.get());
  }

  @Override
  public final @Nullable SSLSession sslSession() {
    return tls == null ? null : tls.session();
  }

  /** Another exchange begins. {@return whether it is the first} */
  public final boolean count() {
    return requests.incrementAndGet() == 1;
  }

  @Override
  public final boolean isUnpolled() {
    return ConnectionLoops.isUnpolled(channel);
  }

  @Override
  public final ReadTime readTime() {
    return ConnectionLoops.readTimeOf(channel);
  }

  @Override
  public final void pollNow() {
    ConnectionLoops.pollNow(channel);
  }

  @Override
  public final void onClosed(Runnable action) {
    channel.closeFuture().addListener(f -> action.run());
  }

  /**
   * Runs a command on the channel's event loop, after those before it; at once if that is where the
   * caller is.
   *
   * @param command the command
   * @return whether it will run; it will not once the client has been closed
   */
  public final boolean onLoop(Runnable command) {
    EventLoop loop = channel.eventLoop();
    if (loop.inEventLoop()) {
      command.run();
      return true;
    }
    try {
      loop.execute(command);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }
}
