package io.httptrace.reactornetty;

import io.httptrace.adapter.KnownConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.HttpClientState;
import reactor.util.context.ContextView;

/**
 * What is told of the connections of all clients: they share this, because a client has a pool of
 * its own for each different object that is told.
 */
final class ReactorConnections {
  /** Those that traced calls have used. */
  static final KnownConnections<Channel> KNOWN = new KnownConnections<>();

  /** Is told what happens to connections. */
  static final ConnectionObserver OBSERVER = new Observer();

  private ReactorConnections() {}

  /** A connection is to be made: its first handler is added. */
  static void initialize(
      ConnectionObserver observer, Channel channel, @Nullable SocketAddress remote) {
    if (channel instanceof DatagramChannel || ReactorChannel.of(channel) != null) {
      return; // QUIC, or the adapter is installed twice
    }
    ReactorChannel first = new ReactorChannel(remote);
    ReactorCall call = ReactorCall.in(observer.currentContext());
    ReactorRoundTrip roundTrip = call == null ? null : call.forConnection();
    if (roundTrip != null) {
      first.dialledBy(roundTrip.dial());
    }
    first.addTo(channel);
  }

  static void lookupStarts(Connection connection) {
    ReactorChannel channel = ReactorChannel.of(connection.channel());
    if (channel != null) {
      channel.lookupStarts();
    }
  }

  static void lookupEnds(
      Connection connection, @Nullable SocketAddress first, @Nullable Throwable error) {
    ReactorChannel channel = ReactorChannel.of(connection.channel());
    if (channel != null) {
      channel.lookupEnds(first, error);
    }
  }

  /** {@return the call that uses a connection; null if none does that is traced} */
  private static @Nullable ReactorCall call(Connection connection) {
    ContextView context = null;
    if (connection instanceof CoreSubscriber<?> operations) {
      context = operations.currentContext();
    } else if (connection instanceof ConnectionObserver pooled) {
      context = pooled.currentContext();
    }
    return context == null ? null : ReactorCall.in(context);
  }

  /** Is told of each state of each connection. */
  private static final class Observer implements ConnectionObserver {
    @Override
    public void onStateChange(Connection connection, State state) {
      if (state == State.CONFIGURED) {
        if (connection instanceof HttpClientRequest) {
          http1(connection);
        }
      } else if (state == HttpClientState.STREAM_CONFIGURED) {
        http2(connection);
      } else if (state == HttpClientState.RESPONSE_RECEIVED) {
        received(connection);
      } else if (state == HttpClientState.RESPONSE_COMPLETED) {
        ended(connection, true);
      } else if (state == HttpClientState.RESPONSE_INCOMPLETE) {
        ended(connection, false);
      } else if (state == State.DISCONNECTING && isUpgraded(connection.channel())) {
        abandoned(connection);
      }
    }

    @Override
    public void onUncaughtException(Connection connection, Throwable error) {
      // The call hears of it.
    }

    /** A call has got a connection that speaks HTTP/1.1. */
    private static void http1(Connection connection) {
      ReactorCall call = call(connection);
      ReactorChannel channel = call == null ? null : ReactorChannel.of(connection.channel());
      if (channel == null || call == null) {
        return;
      }
      ReactorRoundTrip roundTrip = channel.usedBy(call, "HTTP/1.1");
      if (roundTrip != null) {
        addHandlers(channel, connection.channel().pipeline());
        channel.exchange(roundTrip);
      }
    }

    private static void addHandlers(ReactorChannel channel, ChannelPipeline pipeline) {
      ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
      if (codec != null && pipeline.get(ReactorHttp1Messages.NAME) == null) {
        pipeline.addBefore(codec.name(), ReactorFirstByte.NAME, new ReactorFirstByte(channel));
        pipeline.addAfter(
            codec.name(), ReactorHttp1Messages.NAME, new ReactorHttp1Messages(channel));
      }
    }

    /** A call has got a stream of a connection that speaks HTTP/2. */
    private static void http2(Connection stream) {
      ReactorCall call = call(stream);
      ChannelPipeline pipeline = stream.channel().pipeline();
      if (call == null
          || !(stream.channel() instanceof Http2StreamChannel)
          || pipeline.get(ReactorHttp2Frames.NAME) != null) {
        return; // nobody listens, or it is QUIC, or told twice
      }
      ReactorChannel parent = ReactorChannel.of(stream.channel().parent());
      ReactorRoundTrip roundTrip = parent == null ? null : parent.usedBy(call, "HTTP/2");
      if (roundTrip != null && parent != null) {
        pipeline.addBefore(
            NettyPipeline.H2ToHttp11Codec,
            ReactorHttp2Frames.NAME,
            new ReactorHttp2Frames(parent, roundTrip));
      }
    }

    /** The caller gets a response. */
    private static void received(Connection connection) {
      ReactorCall call = call(connection);
      ReactorRoundTrip roundTrip = call == null ? null : call.running();
      if (roundTrip == null) {
        return;
      }
      roundTrip.delivered();
      if (!roundTrip.isAnswered() && connection instanceof HttpClientResponse response) {
        // An upgrade to HTTP/2 has moved it to a stream that has no handler.
        roundTrip.gotByte();
        roundTrip.gotResponse(
            response.status().code(),
            response.version().text(),
            null,
            () -> ReactorFields.toMap(response.responseHeaders()));
      }
    }

    /** A response has ended, which its handler knows already, if it has one. */
    private static void ended(Connection connection, boolean complete) {
      ReactorCall call = call(connection);
      ReactorRoundTrip roundTrip = call == null ? null : call.running();
      if (roundTrip == null || call == null || !roundTrip.isDelivered()) {
        return;
      }
      if (complete) {
        call.completed(roundTrip);
      } else {
        call.connectionEnded(roundTrip, false);
      }
    }

    /** {@return whether it is a stream that an upgrade has moved a request to} */
    private static boolean isUpgraded(Channel channel) {
      return channel instanceof Http2StreamChannel
          && channel.pipeline().get(ReactorHttp2Frames.NAME) == null;
    }

    private static void abandoned(Connection connection) {
      ReactorCall call = call(connection);
      ReactorRoundTrip roundTrip = call == null ? null : call.running();
      if (roundTrip != null && call != null && roundTrip.isDelivered()) {
        call.connectionEnded(roundTrip, true);
      }
    }
  }

  /** {@return whether a connection may be used again when its response has ended} */
  static boolean isPersistent(Channel channel) {
    ChannelOperations<?, ?> operations = ChannelOperations.get(channel);
    return operations != null && operations.isPersistent() && channel.isActive();
  }
}
