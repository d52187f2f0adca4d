package io.httptrace.cli.demo;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipelines of the embedded server. A connection:
 *
 * <ul>
 *   <li>with TLS: TLS, then what ALPN (RFC 7301) has chosen, one of the two below
 *   <li>HTTP/1.1: codec, keep-alive, 100-continue, answers
 *   <li>HTTP/2: frame codec, streams; each stream: codec, 100-continue, answers
 * </ul>
 */
final class DemoProtocols extends ChannelInitializer<Channel> {
  private final @Nullable SslContext tls;
  private final DemoPace pace;
  private final ChannelGroup connections;

  /**
   * Makes an initializer.
   *
   * @param tls has the server's certificate; null for no TLS and no HTTP/2
   * @param pace how long answers take
   * @param connections gets each connection
   */
  DemoProtocols(@Nullable SslContext tls, DemoPace pace, ChannelGroup connections) {
    this.tls = tls;
    this.pace = pace;
    this.connections = connections;
  }

  @Override
  protected void initChannel(Channel channel) {
    connections.add(channel);
    if (tls == null) {
      http1(channel.pipeline());
    } else {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Negotiated());
    }
  }

  private void http1(ChannelPipeline pipeline) {
    pipeline.addLast(
        new HttpServerCodec(),
        new HttpServerKeepAliveHandler(),
        new HttpServerExpectContinueHandler(),
        new DemoAnswers(pace));
  }

  private void http2(ChannelPipeline pipeline) {
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer().gracefulShutdownTimeoutMillis(0).build(),
        new Http2MultiplexHandler(new Streams()),
        new Silence());
  }

  /** Builds the pipeline of the protocol that was negotiated. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    Negotiated() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        http2(context.pipeline());
      } else {
        http1(context.pipeline());
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private final class Streams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream
          .pipeline()
          .addLast(
              new Http2StreamFrameToHttpObjectCodec(true),
              new HttpServerExpectContinueHandler(),
              new DemoAnswers(pace));
    }
  }

  /** Closes a connection that has failed; Netty would log it. */
  private static final class Silence extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
