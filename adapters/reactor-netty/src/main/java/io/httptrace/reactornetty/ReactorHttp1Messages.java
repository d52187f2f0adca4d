package io.httptrace.reactornetty;

import io.httptrace.RoundTripReason;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Sees the messages of HTTP/1.1 next to the codec: heads as they are sent and received, and the
 * ends of bodies. What it tells of a response it tells before Reactor Netty sees it.
 */
final class ReactorHttp1Messages extends ChannelDuplexHandler {
  static final String NAME = "io.httptrace.messages";

  private static final int CONTINUE = 100;
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ReactorChannel channel;
  private final ReactorInboundGate gate = new ReactorInboundGate();

  // Of the exchange that is under way.
  private boolean sentBody;
  private boolean interim;
  private boolean keepAlive;
  private volatile @Nullable Throwable veto;

  ReactorHttp1Messages(ReactorChannel channel) {
    this.channel = channel;
  }

  // ---- Requests

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    ReactorRoundTrip writing = channel.exchange();
    if (writing == null || !(msg instanceof HttpObject)) {
      ctx.write(msg, promise);
      return;
    }
    ChannelPromise written = promise.unvoid();
    if (msg instanceof HttpRequest request) {
      sentBody = false;
      interim = false;
      HttpHeaders headers = request.headers();
      boolean expects = HttpUtil.is100ContinueExpected(request);
      written.addListener(
          done -> {
            if (done.isSuccess()) {
              writing.wroteHead(ReactorFields.toMap(headers).entrySet(), expects);
            } else {
              writing.noteFailure(done.cause());
            }
          });
    }
    if (msg instanceof LastHttpContent) {
      sentBody = true;
      written.addListener(done -> writing.wroteRequest(done.cause()));
    }
    ctx.write(msg, written);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    gate.read(ctx);
  }

  // ---- Responses

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    gate.receives();
    if (gate.isClosed()) {
      gate.hold(() -> tell(ctx, msg));
    } else {
      tell(ctx, msg);
    }
  }

  private void tell(ChannelHandlerContext ctx, Object msg) {
    ReactorRoundTrip reading = channel.exchange();
    if (reading == null) {
      ctx.fireChannelRead(msg);
      return;
    }
    boolean upgraded = false;
    if (msg instanceof HttpResponse response) {
      upgraded = response.status().code() == SWITCHING_PROTOCOLS;
      head(reading, response, ctx.pipeline().get(NettyPipeline.H2CUpgradeHandler) != null);
    }
    if (msg instanceof LastHttpContent last) {
      if (interim) {
        interim = false;
      } else if (!upgraded && !last.decoderResult().isFailure()) {
        end(ctx, reading);
      }
    }
    boolean over = upgraded;
    gate.after(reading.call(), ctx, () -> pass(ctx, msg, reading, over));
  }

  private void pass(
      ChannelHandlerContext ctx, Object msg, ReactorRoundTrip reading, boolean upgraded) {
    Throwable vetoed = veto;
    if (vetoed != null) {
      veto = null;
      ReferenceCountUtil.release(msg);
      IOException aborted = new IOException("got1xxResponse has aborted the request", vetoed);
      reading.noteFailure(aborted);
      ctx.fireExceptionCaught(aborted);
      ctx.close();
      return;
    }
    boolean http2 = upgraded && ctx.pipeline().get(NettyPipeline.H2CUpgradeHandler) != null;
    ctx.fireChannelRead(msg);
    if (upgraded) {
      channel.release(!http2);
      if (!http2) {
        reading.call().completed(reading);
      }
    }
  }

  private void head(ReactorRoundTrip reading, HttpResponse response, boolean isOfferingHttp2) {
    if (response.decoderResult().isFailure()) {
      reading.noteFailure(response.decoderResult().cause());
      return;
    }
    int code = response.status().code();
    if (code < 200 && code != SWITCHING_PROTOCOLS) {
      reading.gotInformational(
          code, ReactorFields.toMap(response.headers()), thrown -> veto = thrown);
      if (code == CONTINUE) {
        interim = true;
        return;
      }
      // Reactor Netty takes any other for the final response.
    }
    if (code == SWITCHING_PROTOCOLS && isOfferingHttp2) {
      return; // the response comes on a stream
    }
    keepAlive = HttpUtil.isKeepAlive(response);
    reading.gotResponse(
        code,
        response.protocolVersion().text(),
        response.headers().get(HttpHeaderNames.LOCATION),
        () -> ReactorFields.toMap(response.headers()));
  }

  /** A response has ended. */
  private void end(ChannelHandlerContext ctx, ReactorRoundTrip reading) {
    ReactorCall call = reading.call();
    boolean kept =
        keepAlive
            && sentBody
            && call.hasPool()
            && !call.isCancelled()
            && ReactorConnections.isPersistent(ctx.channel());
    channel.release(!kept);
    if (!sentBody) {
      reading.wroteRequest(new CancellationException("the response came before the whole request"));
    }
    if (kept) {
      reading.putIdle();
    }
    if (reading.isDelivered() || call.isCancelled()) {
      call.completed(reading);
      return;
    }
    // Reactor Netty keeps this response to itself, and sends another request.
    ReactorTarget redirected = reading.redirected();
    var unused =
        redirected == null
            ? call.followUp(reading, RoundTripReason.AUTHENTICATION, reading.target())
            : call.followUp(reading, RoundTripReason.REDIRECT, redirected);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    inOrder(ctx::fireChannelReadComplete);
    gate.received();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    inOrder(
        () -> {
          ReactorRoundTrip reading = channel.exchange();
          if (reading != null && evt instanceof SslCloseCompletionEvent end && end.isSuccess()) {
            // Reactor Netty closes the connection then, as if it were of its own accord.
            reading.noteFailure(new EOFException("the peer has ended TLS"));
          }
          ctx.fireUserEventTriggered(evt);
        });
  }

  private void inOrder(Runnable event) {
    if (gate.isClosed()) {
      gate.hold(event);
    } else {
      event.run();
    }
  }

  @Override
  public void channelUnregistered(ChannelHandlerContext ctx) {
    gate.remove();
    ctx.fireChannelUnregistered();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    gate.remove();
  }

  // ---- Failures

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    inOrder(() -> failed(ctx, cause));
  }

  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    ReactorRoundTrip failing = channel.exchange();
    if (failing == null) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    failing.noteFailure(cause);
    if (failing.isDelivered()) {
      channel.release(true);
      failing.call().end(failing, cause);
    }
    gate.after(failing.call(), ctx, () -> ctx.fireExceptionCaught(cause));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    inOrder(() -> ended(ctx));
  }

  private void ended(ChannelHandlerContext ctx) {
    ReactorRoundTrip open = channel.exchange();
    if (open == null) {
      ctx.fireChannelInactive();
      return;
    }
    channel.release(true);
    open.call().connectionEnded(open, channel.isClosedHere());
    gate.after(open.call(), ctx, ctx::fireChannelInactive);
  }
}
