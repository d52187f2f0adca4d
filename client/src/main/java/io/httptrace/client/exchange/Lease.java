package io.httptrace.client.exchange;

import io.httptrace.GotConnInfo;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection for the time of one exchange. */
public interface Lease {
  /** {@return the connection's id} */
  long connectionId();

  /** {@return the bytes of the exchange; always the same} */
  ExchangeCodec codec();

  /** {@return what hooks are told of the connection} */
  GotConnInfo info();

  /**
   * {@return what the connection speaks now} A connection can be upgraded in its first exchange.
   */
  Protocol protocol();

  /** {@return whether other exchanges may use the connection at the same time} */
  boolean shared();

  /**
   * Asks what will become of a connection that is not shared when it is {@linkplain #giveBack given
   * back}, so that hooks can be told before another request has it.
   *
   * @return null if it will be kept, or else why not; then it must be {@linkplain #close closed}
   */
  @Nullable IOException reserve();

  /** Gives the connection to the pool, which closes it if it cannot keep it. */
  void giveBack();

  /**
   * The server has switched to another protocol (101). The connection is closed, or its owner goes
   * on with it.
   */
  void switched();

  /** Closes the connection, or one that is shared when no other exchange uses it any more. */
  void close();

  /** Ends the exchange before its time: a connection that is not shared cannot be used after it. */
  default void abandon() {
    if (shared()) {
      giveBack();
    } else {
      close();
    }
  }
}
