package io.httptrace.reactornetty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Sees the frames of a stream of HTTP/2, as they are sent and received. */
final class ReactorHttp2Frames extends ChannelDuplexHandler {
  static final String NAME = "io.httptrace.frames";

  private static final int CONTINUE = 100;

  private final ReactorChannel connection;
  private final ReactorInboundGate gate = new ReactorInboundGate();
  private @Nullable ReactorRoundTrip exchange;
  private boolean sentHead;
  private boolean sentBody;
  private boolean closedHere;
  private boolean givenBack;
  private volatile @Nullable Throwable veto;

  /**
   * Makes one.
   *
   * @param connection the connection
   * @param exchange the round trip that uses the stream
   */
  ReactorHttp2Frames(ReactorChannel connection, ReactorRoundTrip exchange) {
    this.connection = connection;
    this.exchange = exchange;
  }

  // ---- The request

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    ReactorRoundTrip writing = exchange;
    if (writing == null) {
      ctx.write(msg, promise);
      return;
    }
    ChannelPromise written = promise.unvoid();
    if (msg instanceof Http2HeadersFrame frame) {
      if (!sentHead) {
        sentHead = true;
        Http2Headers headers = frame.headers();
        boolean expects = headers.contains(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true);
        written.addListener(
            done -> {
              if (done.isSuccess()) {
                writing.wroteHead(ReactorFields.each(headers), expects);
              } else {
                writing.noteFailure(done.cause());
              }
            });
      }
      listenToLast(frame.isEndStream(), written, writing);
    } else if (msg instanceof Http2DataFrame frame) {
      listenToLast(frame.isEndStream(), written, writing);
    }
    ctx.write(msg, written);
  }

  private void listenToLast(boolean last, ChannelPromise written, ReactorRoundTrip writing) {
    if (last) {
      sentBody = true;
      written.addListener(done -> writing.wroteRequest(done.cause()));
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    gate.read(ctx);
  }

  // ---- The response

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (gate.isClosed()) {
      gate.hold(() -> tell(ctx, msg));
    } else {
      tell(ctx, msg);
    }
  }

  private void tell(ChannelHandlerContext ctx, Object msg) {
    ReactorRoundTrip reading = exchange;
    if (reading == null) {
      ctx.fireChannelRead(msg);
      return;
    }
    boolean last = false;
    if (msg instanceof Http2HeadersFrame frame) {
      head(reading, frame.headers());
      last = frame.isEndStream();
    } else if (msg instanceof Http2DataFrame frame) {
      last = frame.isEndStream();
    }
    if (last && reading.isDelivered()) {
      end(reading);
    }
    boolean ends = last;
    gate.after(reading.call(), ctx, () -> pass(ctx, msg, reading, ends));
  }

  private void pass(ChannelHandlerContext ctx, Object msg, ReactorRoundTrip reading, boolean last) {
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
    ctx.fireChannelRead(msg);
    if (last && exchange != null) {
      // A response without a body, which the caller has got now, or a redirect.
      end(reading);
    }
  }

  private void head(ReactorRoundTrip reading, Http2Headers headers) {
    reading.gotByte();
    int code = code(headers.status());
    if (code < 0) {
      return; // trailers
    }
    if (code < 200) {
      reading.gotInformational(code, ReactorFields.toMap(headers), thrown -> veto = thrown);
      if (code == CONTINUE) {
        return;
      }
      // Reactor Netty takes any other for the final response.
    }
    CharSequence location = headers.get(HttpHeaderNames.LOCATION);
    reading.gotResponse(
        code,
        "HTTP/2",
        location == null ? null : location.toString(),
        () -> ReactorFields.toMap(headers));
  }

  private static int code(@Nullable CharSequence status) {
    try {
      return status == null ? -1 : Integer.parseInt(status.toString());
    } catch (NumberFormatException malformed) {
      return -1;
    }
  }

  private void end(ReactorRoundTrip reading) {
    release();
    if (!sentBody) {
      reading.wroteRequest(new CancellationException("the response came before the whole request"));
    }
    ReactorCall call = reading.call();
    if (reading.isDelivered() || call.isCancelled()) {
      call.completed(reading);
    }
    // Otherwise Reactor Netty sends another request, or has already done so.
  }

  private void release() {
    exchange = null;
    giveBack();
  }

  private void giveBack() {
    if (!givenBack) {
      givenBack = true;
      connection.release(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    inOrder(ctx::fireChannelReadComplete);
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
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    inOrder(
        () -> {
          if (evt instanceof Http2ResetFrame reset) {
            failed(new IOException("the stream was reset: " + reset.errorCode()));
          }
          ctx.fireUserEventTriggered(evt);
        });
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    inOrder(
        () -> {
          failed(cause);
          ctx.fireExceptionCaught(cause);
        });
  }

  private void failed(Throwable cause) {
    ReactorRoundTrip failing = exchange;
    if (failing == null) {
      return;
    }
    failing.noteFailure(cause);
    if (failing.isDelivered()) {
      release();
      failing.call().end(failing, cause);
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    closedHere = true;
    // The peer may see the end of the stream before this side does.
    giveBack();
    ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    inOrder(
        () -> {
          ReactorRoundTrip open = exchange;
          if (open != null) {
            release();
            open.call().connectionEnded(open, closedHere);
          }
          ctx.fireChannelInactive();
        });
  }
}
