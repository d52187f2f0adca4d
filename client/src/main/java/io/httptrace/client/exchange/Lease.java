package io.httptrace.client.exchange;

import io.httptrace.GotConnInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection for the time of one exchange. */
public interface Lease {
  /** {@return the connection's id} */
  long connectionId();

  /** {@return the connection's bytes} */
  ExchangeCodec codec();

  /** {@return what hooks are told of the connection} */
  GotConnInfo info();

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

  /** Closes the connection. */
  void close();
}
