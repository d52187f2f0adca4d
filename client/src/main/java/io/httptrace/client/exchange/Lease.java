package io.httptrace.client.exchange;

import io.httptrace.GotConnInfo;
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

  /** {@return whether other exchanges may use the connection at the same time} */
  boolean shared();

  /**
   * Gives the connection to the pool.
   *
   * @return null, or else why the pool did not take it; then it must be {@linkplain #close closed}
   */
  @Nullable IOException giveBack();

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
