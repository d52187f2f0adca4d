package io.httptrace.client.connect;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.netty.Pipelines;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy to open a way to the target, on a channel that is connected to the proxy. Whatever
 * it puts into the pipeline is gone when the target is read from. Runs on the event loop.
 */
abstract class Tunnel extends ChannelDuplexHandler {
  private final String proxy;
  private @Nullable Outcome outcome;

  /** Whether the way is open, and what the target has said so far. */
  private boolean opened;

  private final List<Object> early = new ArrayList<>(0);

  /** Is told how it ended, once, on the event loop. */
  interface Outcome {
    /**
     * Takes the outcome.
     *
     * @param status the status of the proxy's answer, or its reply code; -1 for no answer
     * @param error null if the way is open
     */
    void done(int status, @Nullable ProxyException error);
  }

  /**
   * Makes a tunnel.
   *
   * @param proxy names the proxy in errors
   */
  Tunnel(String proxy) {
    this.proxy = proxy;
  }

  /**
   * {@return the tunnel a key asks for}
   *
   * @param key leads to the target
   * @param server its proxy
   * @param settings limits the proxy's answer, and names the client
   */
  static Tunnel of(PoolKey key, ProxyServer server, DialSettings settings) {
    return server.forwards()
        ? new ConnectTunnel(key, server, settings)
        : new SocksTunnel(key, server);
  }

  /** {@return the proxy, for errors} */
  final String proxy() {
    return proxy;
  }

  final void open(Channel channel, Outcome told) {
    outcome = told;
    if (channel.isActive()) {
      Pipelines.addTunnel(channel.pipeline(), this);
      start(channel);
      channel.read();
    } else {
      end(-1, ProxyException.of(proxy, ProxyException.Reason.CLOSED, null));
    }
  }

  /** Puts the codec in its place and asks. */
  abstract void start(Channel channel);

  /** Takes a message of the proxy, which is released afterwards. */
  abstract void answered(ChannelHandlerContext context, Object message);

  /** Puts what encodes requests before this handler. */
  final void encoder(Channel channel, ChannelHandler encoder) {
    Pipelines.addTunnelEncoder(channel.pipeline(), encoder);
  }

  /** Puts what decodes answers before this handler, in the place of the one before. */
  final void decoder(Channel channel, ChannelHandler decoder) {
    Pipelines.setTunnelDecoder(channel.pipeline(), decoder);
  }

  /**
   * The way is open. What comes behind the proxy's answer is from the target: it is kept until the
   * target is read from.
   */
  final void opened(ChannelHandlerContext context, int status) {
    opened = true;
    Pipelines.removeTunnelCodec(context.pipeline());
    end(status, null);
  }

  final void malformed(@Nullable Throwable cause) {
    end(-1, ProxyException.of(proxy, ProxyException.Reason.MALFORMED, cause));
  }

  final void end(int status, @Nullable ProxyException error) {
    Outcome told = outcome;
    outcome = null;
    if (told != null) {
      told.done(status, error);
    }
  }

  @Override
  public final void channelRead(ChannelHandlerContext context, Object message) {
    if (opened) {
      early.add(message);
      return;
    }
    try {
      if (outcome != null) {
        answered(context, message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void read(ChannelHandlerContext context) {
    if (!opened) {
      context.read();
      return;
    }
    List<Object> given = List.copyOf(early);
    early.clear();
    context.pipeline().remove(this);
    if (given.isEmpty()) {
      context.read();
    } else {
      given.forEach(context::fireChannelRead);
      context.fireChannelReadComplete();
    }
  }

  @Override
  public final void handlerRemoved(ChannelHandlerContext context) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext context) {
    if (outcome != null) {
      context.read();
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext context) {
    end(-1, ProxyException.of(proxy, ProxyException.Reason.CLOSED, null));
    context.fireChannelInactive();
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      end(-1, ProxyException.of(proxy, ProxyException.Reason.BROKEN, cause));
    } else {
      malformed(PlainErrors.of(cause));
    }
    context.close();
  }
}
