package io.httptrace.armeria;

import com.linecorp.armeria.common.SessionProtocol;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands next to the socket and tells of a dial, until the connection is in use. */
final class DialHandler extends ChannelDuplexHandler {
  private final ArmeriaDial dial;

  // What Armeria has put into the pipeline when it connects. On the event loop only.
  private @Nullable SslHandler proxyTls;
  private @Nullable ProxyHandler proxy;
  private @Nullable SslHandler tls;

  DialHandler(ArmeriaDial dial) {
    this.dial = dial;
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    look(ctx.pipeline());
    dial.connectStart(remote);
    // What waits for the promise would otherwise go on before the hook.
    ChannelPromise connected = ctx.newPromise();
    connected.addListener(
        done -> {
          dial.connectDone(done.cause());
          if (done.isSuccess()) {
            promise.trySuccess();
          } else {
            promise.tryFailure(done.cause());
          }
        });
    ctx.connect(remote, local, connected);
  }

  private void look(ChannelPipeline pipeline) {
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (entry.getValue() instanceof SslHandler found) {
        tls = found;
      } else if (entry.getValue() instanceof ProxyHandler found) {
        proxyTls = tls;
        tls = null;
        proxy = found;
      }
    }
    SslHandler target = tls;
    if (target != null) {
      target
          .handshakeFuture()
          .addListener(done -> dial.tlsHandshakeDone(target.engine(), done.cause()));
    }
    SslHandler first = proxyTls;
    if (first != null) {
      first.handshakeFuture().addListener(done -> proxyIsTrusted(pipeline, first, done.cause()));
    }
    ProxyHandler tunnel = proxy;
    if (tunnel != null) {
      ProxyTunnelHandler.watch(pipeline, tunnel, dial, this::tunnelIsOpen);
    }
  }

  private void proxyIsTrusted(
      ChannelPipeline pipeline, SslHandler handler, @Nullable Throwable error) {
    dial.tlsHandshakeDone(handler.engine(), error);
    if (error == null) {
      dial.proxyConnectStart(pipeline.channel().remoteAddress());
    }
  }

  private void tunnelIsOpen() {
    SslHandler target = tls;
    if (target != null) {
      dial.tlsHandshakeStart(target.engine());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    SslHandler first = proxy == null ? tls : proxyTls;
    if (first != null) {
      dial.tlsHandshakeStart(first.engine());
    } else if (proxy != null) {
      dial.proxyConnectStart(ctx.channel().remoteAddress());
    }
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event instanceof SessionProtocol && proxy == null) {
      leave(ctx.pipeline()); // HTTP begins
    }
  }

  /** Takes the handler out of a pipeline, if it is there. */
  static void leave(ChannelPipeline pipeline) {
    DialHandler found = pipeline.get(DialHandler.class);
    if (found != null) {
      pipeline.remove(found);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    dial.closed();
    // With a server that does not speak HTTP/2 Armeria dials again now, for the same request.
    DialOwner.goOn(dial.owner(), ctx::fireChannelInactive);
  }
}
