package io.httptrace.client.http2;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which exchange has which stream of a connection. On the event loop. */
final class ActiveStreams {
  private final IntObjectMap<StreamExchange> exchanges = new IntObjectHashMap<>();

  void add(int stream, StreamExchange exchange) {
    exchanges.put(stream, exchange);
  }

  void remove(int stream) {
    exchanges.remove(stream);
  }

  /** {@return the exchange that has a stream; null if it has ended, or never was} */
  @Nullable StreamExchange get(int stream) {
    return exchanges.get(stream);
  }

  boolean isEmpty() {
    return exchanges.isEmpty();
  }

  /** Bytes of a stream have been sent. */
  void sent(int stream, long bytes) {
    StreamExchange exchange = exchanges.get(stream);
    if (exchange != null) {
      exchange.countSent(bytes);
    }
  }

  /** Bytes of a stream have been received. */
  void received(int stream, long bytes) {
    StreamExchange exchange = exchanges.get(stream);
    if (exchange != null) {
      exchange.countReceived(bytes);
    }
  }

  /** The server has reset a stream. */
  void reset(int stream, long errorCode) {
    StreamExchange exchange = exchanges.get(stream);
    if (exchange != null) {
      exchange.reset(errorCode);
    }
  }

  void fail(int stream, Throwable error) {
    StreamExchange exchange = exchanges.get(stream);
    if (exchange != null) {
      exchange.fail(error);
    }
  }

  /**
   * Fails the streams that the server has not dealt with (RFC 9113, section 6.8).
   *
   * @param lastStream the last one that it has
   */
  void failAfter(int lastStream, Throwable error) {
    // An exchange that fails may begin another.
    for (StreamExchange exchange : List.copyOf(exchanges.values())) {
      if (exchange.id() > lastStream) {
        exchange.fail(error);
      }
    }
  }

  void failAll(Throwable error) {
    failAfter(0, error);
  }
}
