package io.httptrace.client.connect;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.http.Authority;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5ClientEncoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection made by a SOCKS proxy (RFC 1928), with a user and a password if there are any (RFC
 * 1929). The proxy gets the target's name and looks it up itself.
 */
final class SocksTunnel extends Tunnel {
  private final PoolKey key;
  private final @Nullable ProxyCredentials credentials;

  SocksTunnel(PoolKey key, ProxyServer server) {
    super(server.hostPort());
    this.key = key;
    this.credentials = server.credentials();
  }

  @Override
  void start(Channel channel) {
    encoder(channel, Socks5ClientEncoder.DEFAULT);
    List<Socks5AuthMethod> methods =
        credentials == null
            ? List.of(Socks5AuthMethod.NO_AUTH)
            : List.of(Socks5AuthMethod.NO_AUTH, Socks5AuthMethod.PASSWORD);
    ask(channel, new Socks5InitialResponseDecoder(), new DefaultSocks5InitialRequest(methods));
  }

  /** Sends a message, and awaits its answer. */
  private void ask(Channel channel, ChannelHandler decoder, Socks5Message message) {
    decoder(channel, decoder);
    channel
        .writeAndFlush(message)
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
    if (!(message instanceof Socks5Message answer)) {
      return;
    }
    if (answer.decoderResult().isFailure()) {
      malformed(PlainErrors.of(answer.decoderResult().cause()));
    } else if (answer instanceof Socks5InitialResponse chosen) {
      chosen(context.channel(), chosen.authMethod());
    } else if (answer instanceof Socks5PasswordAuthResponse checked) {
      if (checked.status().equals(Socks5PasswordAuthStatus.SUCCESS)) {
        connect(context.channel());
      } else {
        end(-1, ProxyException.of(proxy(), ProxyException.Reason.AUTHENTICATION, null));
      }
    } else if (answer instanceof Socks5CommandResponse reply) {
      if (reply.status().equals(Socks5CommandStatus.SUCCESS)) {
        opened(context, 0);
      } else {
        replied(reply.status());
      }
    }
  }

  private void replied(Socks5CommandStatus status) {
    int code = status.byteValue() & 0xff;
    String words = status.toString();
    int number = words.indexOf('(');
    String meaning = (number < 0 ? words : words.substring(0, number)).toLowerCase(Locale.ROOT);
    end(code, ProxyException.replied(proxy(), code, meaning.replace('_', ' ')));
  }

  private void chosen(Channel channel, Socks5AuthMethod method) {
    if (method.equals(Socks5AuthMethod.NO_AUTH)) {
      connect(channel);
    } else if (method.equals(Socks5AuthMethod.PASSWORD) && credentials != null) {
      ask(
          channel,
          new Socks5PasswordAuthResponseDecoder(),
          new DefaultSocks5PasswordAuthRequest(credentials.user(), credentials.password()));
    } else {
      end(-1, ProxyException.of(proxy(), ProxyException.Reason.AUTHENTICATION, null));
    }
  }

  private void connect(Channel channel) {
    String target = Authority.withoutZone(key.host());
    Socks5AddressType type =
        NetUtil.isValidIpV4Address(target)
            ? Socks5AddressType.IPv4
            : NetUtil.isValidIpV6Address(target)
                ? Socks5AddressType.IPv6
                : Socks5AddressType.DOMAIN;
    ask(
        channel,
        new Socks5CommandResponseDecoder(),
        new DefaultSocks5CommandRequest(Socks5CommandType.CONNECT, type, target, key.port()));
  }
}
