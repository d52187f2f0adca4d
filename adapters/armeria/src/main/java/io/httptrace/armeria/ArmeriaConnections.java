package io.httptrace.armeria;

import com.linecorp.armeria.common.SessionProtocol;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.adapter.TlsStates;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which connection a round trip has got. */
final class ArmeriaConnections {
  /** The id of a connection that was dialled for a traced request. */
  private static final AttributeKey<Long> ID = AttributeKey.valueOf(ArmeriaConnections.class, "ID");

  /** How a round trip has come to its connection. */
  enum Source {
    /** It has dialled it. */
    DIALLED,
    /** It has waited for the dial of another request. */
    WAITED_FOR,
    /** It has taken it from the pool. */
    POOLED
  }

  private final KnownConnections<Channel> known;

  ArmeriaConnections(KnownConnections<Channel> known) {
    this.known = known;
  }

  /** {@return the id of a connection that is to be dialled, and keeps it} */
  static long newId(KnownConnections<Channel> known, Channel channel) {
    long id = known.newId();
    channel.attr(ID).set(id);
    return id;
  }

  /** {@return an id for a connection that has been dialled unheard, and keeps it} */
  long dialled(Channel channel) {
    return newId(known, channel);
  }

  /** {@return an id for a connection that could not be dialled} */
  long newId() {
    return known.newId();
  }

  /**
   * {@return what {@code gotConn} is told}
   *
   * @param channel the connection
   * @param source where it comes from
   * @param protocol what is spoken on it
   * @param tls what the dial has told; null if it is not known
   */
  GotConnInfo acquire(
      Channel channel, Source source, SessionProtocol protocol, @Nullable TlsConnectionState tls) {
    Long id = channel.attr(ID).get();
    KnownConnections.Use use = known.acquire(channel, id == null ? 0 : id, System.nanoTime());
    if (tls != null) {
      known.keepTls(channel, tls);
    }
    boolean reused = source != Source.DIALLED;
    ConnectionInfo info =
        ConnectionInfo.of(
            use.id(),
            orNowhere(channel.localAddress()),
            orNowhere(channel.remoteAddress()),
            protocol.isMultiplex() ? "HTTP/2" : "HTTP/1.1",
            protocol.isTls() ? tls(channel) : null,
            // Calls without a trace are not counted.
            reused ? Math.max(1, use.requestsBefore()) : 0);
    boolean idle = source == Source.POOLED && use.users() == 0;
    return GotConnInfo.of(
        info, reused, idle, idle ? Duration.ofNanos(use.idleNanos()) : Duration.ZERO);
  }

  void release(Channel channel) {
    known.release(channel, !channel.isActive(), System.nanoTime());
  }

  private @Nullable TlsConnectionState tls(Channel channel) {
    TlsConnectionState kept = known.tls(channel);
    if (kept != null) {
      return kept;
    }
    TlsConnectionState asked = tlsOf(channel);
    if (asked != null) {
      known.keepTls(channel, asked);
    }
    return asked;
  }

  /** {@return what TLS with the target has negotiated; null if there is none} */
  static @Nullable TlsConnectionState tlsOf(@Nullable Channel channel) {
    SslHandler handler = channel == null ? null : last(channel);
    return handler == null ? null : TlsStates.of(handler.engine());
  }

  /** {@return the handler of TLS with the target: a proxy's stands before it} */
  private static @Nullable SslHandler last(Channel channel) {
    SslHandler last = null;
    for (Map.Entry<String, ChannelHandler> entry : channel.pipeline()) {
      if (entry.getValue() instanceof SslHandler found) {
        last = found;
      }
    }
    return last;
  }

  private static SocketAddress orNowhere(@Nullable SocketAddress address) {
    return address == null ? new InetSocketAddress(0) : address;
  }
}
