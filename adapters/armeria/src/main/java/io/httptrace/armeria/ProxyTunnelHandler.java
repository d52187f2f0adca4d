package io.httptrace.armeria;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells when a proxy has answered. */
final class ProxyTunnelHandler extends ChannelInboundHandlerAdapter {
  /** Netty says the status in its message only: "status: 407 ..." or "status: FORBIDDEN(2)". */
  private static final Pattern STATUS = Pattern.compile("status: (?:\\w+\\()?(\\d+)");

  private final ArmeriaDial dial;
  private final int success;
  private final Runnable open;

  private ProxyTunnelHandler(ArmeriaDial dial, int success, Runnable open) {
    this.dial = dial;
    this.success = success;
    this.open = open;
  }

  /**
   * Begins to listen.
   *
   * @param open called when the tunnel is open, before the next handler knows it
   */
  static void watch(ChannelPipeline pipeline, ProxyHandler proxy, ArmeriaDial dial, Runnable open) {
    int success = proxy instanceof HttpProxyHandler ? 200 : 0;
    pipeline.addAfter(
        pipeline.context(proxy).name(), null, new ProxyTunnelHandler(dial, success, open));
    proxy
        .connectFuture()
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                dial.proxyConnectDone(status(done.cause()), done.cause());
              }
            });
  }

  static int status(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      Matcher status = STATUS.matcher(String.valueOf(e.getMessage()));
      if (status.find()) {
        return Integer.parseInt(status.group(1));
      }
    }
    return -1;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ProxyConnectionEvent) {
      dial.proxyConnectDone(success, null);
      open.run();
    }
    ctx.fireUserEventTriggered(event);
  }
}
