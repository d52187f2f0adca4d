package io.httptrace.client.connect;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.errors.ResponseException.Reason;
import io.httptrace.client.http.Authority;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.http1.ResponseDecoder;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.netty.RequestEncoder;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A tunnel by CONNECT (RFC 9110, section 9.3.6). Its answer is read as any other response is. */
final class ConnectTunnel extends Tunnel implements ResponseDecoder.Sink {
  private static final int MAX_INFORMATIONAL = 5;

  private final HttpRequest request;
  private final ResponseDecoder decoder;
  private int informational;
  private @Nullable ResponseException refused;
  private @Nullable ResponseHead answer;

  ConnectTunnel(PoolKey key, ProxyServer server, DialSettings settings) {
    super(server.hostPort());
    this.decoder = new ResponseDecoder(settings.maxHeadBytes());
    String target = Authority.hostPort(key.host(), key.port());
    request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, target, Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, target);
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
    encoder(channel, new RequestEncoder());
    decoder.expect("CONNECT");
    channel
        .writeAndFlush(request)
        .addListener(
            f -> {
              if (!f.isSuccess()) {
                end(
                    -1,
                    ProxyException.of(
                        proxy(), ProxyException.Reason.BROKEN, PlainErrors.of(f.cause())));
              }
            });
  }

  @Override
  void answered(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      decoder.decode(bytes, this);
    } catch (ResponseException malformed) {
      malformed(malformed);
      return;
    }
    ResponseHead head = answer;
    if (refused != null) {
      malformed(refused);
    } else if (head != null && head.status() < 300) {
      opened(context, head.status());
      if (bytes.isReadable()) {
        channelRead(context, bytes.readRetainedSlice(bytes.readableBytes()));
      }
    } else if (head != null) {
      end(
          head.status(),
          ProxyException.answered(proxy(), head.status(), decoder.reason(), head.headers()));
    }
  }

  @Override
  public void informational(ResponseHead head) {
    informational++;
    if (informational > MAX_INFORMATIONAL) {
      refused = new ResponseException(Reason.TOO_MANY_INFORMATIONAL, null);
    }
  }

  @Override
  public void head(ResponseHead head) {
    answer = head;
    if (head.status() == 101) {
      refused = ResponseException.of(Reason.MALFORMED, "101 to CONNECT");
    }
  }

  /** What a proxy says beside its refusal is not shown. */
  @Override
  public void content(ByteBuffer content) {}
}
