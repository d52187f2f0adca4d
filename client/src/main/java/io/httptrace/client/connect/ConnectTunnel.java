package io.httptrace.client.connect;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.http1.Heads;
import io.httptrace.client.pool.PoolKey;
import io.httptrace.client.pool.ProxyCredentials;
import io.httptrace.client.pool.ProxyServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/** A tunnel by CONNECT (RFC 9110, section 9.3.6). */
final class ConnectTunnel extends Tunnel {
  private static final int MAX_INFORMATIONAL = 5;

  private final HttpRequest request;
  private final int maxHeadBytes;
  private int informational;

  ConnectTunnel(PoolKey key, ProxyServer server, DialSettings settings) {
    super(server.hostPort());
    this.maxHeadBytes = settings.maxHeadBytes();
    request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, key.hostPort(), Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, key.hostPort());
    if (!settings.userAgent().isEmpty()) {
      request.headers().set(HttpHeaderNames.USER_AGENT, settings.userAgent());
    }
    ProxyCredentials credentials = server.credentials();
    if (credentials != null) {
      request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, credentials.field());
    }
  }

  @Override
  void start(Channel channel) {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeadBytes)
            .setMaxHeaderSize(maxHeadBytes);
    codec(channel, new HttpClientCodec(config, false, false));
    channel
        .writeAndFlush(request)
        .addListener(
            f -> {
              if (!f.isSuccess()) {
                end(-1, ProxyException.of(proxy(), ProxyException.Reason.BROKEN, f.cause()));
              }
            });
  }

  @Override
  void answered(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpResponse response)) {
      return;
    }
    int status = response.status().code();
    if (response.decoderResult().isFailure()) {
      malformed(response.decoderResult().cause());
    } else if (status < 200) {
      informational++;
      if (status == 101 || informational > MAX_INFORMATIONAL) {
        malformed(
            new ResponseException(
                status == 101
                    ? ResponseException.Reason.MALFORMED
                    : ResponseException.Reason.TOO_MANY_INFORMATIONAL,
                null));
      }
    } else if (status < 300) {
      opened(context, status);
    } else {
      end(
          status,
          ProxyException.answered(
              proxy(),
              status,
              response.status().reasonPhrase(),
              Heads.fromNetty(response.headers())));
    }
  }
}
