package io.httptrace.client.pool;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.concurrent.ConnectionDriver;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.netty.ReadTime;
import io.httptrace.client.route.PoolKey;
import java.io.EOFException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection that the pool can keep. */
public interface PooledConnection {

  /** {@return the key of the requests that may use it} */
  PoolKey key();

  /** {@return the id, unique among the connections of the client} */
  long id();

  /** {@return the info about it for hooks, as it is now} */
  ConnectionInfo info();

  /** {@return its TLS session, also when it has been closed; null if it is plain} */
  @Nullable SSLSession sslSession();

  /** {@return its current protocol} Its first exchange may upgrade it. */
  Protocol protocol();

  /** {@return the codec of one exchange} Called once for each request that gets the connection. */
  ExchangeCodec codec();

  /** {@return the fields by which the next request asks for another protocol; may be empty} */
  default List<RequestHead.Field> upgradeFields() {
    return List.of();
  }

  /**
   * {@return whether it can serve several requests at the same time} When this becomes true, the
   * action of {@link #onRoom} runs.
   */
  default boolean shared() {
    return false;
  }

  /** {@return how many requests it can serve at the same time, as far as is known} */
  default int capacity() {
    return 1;
  }

  /**
   * {@return whether a request on it timed out and nothing has arrived since} Its {@link #capacity}
   * is 0 until something arrives.
   */
  default boolean silent() {
    return false;
  }

  /**
   * Sets what to do when it becomes shared, or has room for more requests than before.
   *
   * @param action may run several times, on any thread
   */
  default void onRoom(Runnable action) {}

  /**
   * {@return what a caller who waits for a response can drive; null if there is nothing} Called
   * once, before any request has it.
   *
   * @param leases how many requests have it now; on any thread
   */
  default @Nullable ConnectionDriver driver(IntSupplier leases) {
    return null;
  }

  /** {@return when what is read from it was there to be read} */
  default ReadTime readTime() {
    return ReadTime.UNKNOWN;
  }

  /** {@return whether no thread reads from it, so that a close by the server is not noticed} */
  default boolean isUnpolled() {
    return false;
  }

  /** Reads what the server has sent, or its close, while no thread was reading. */
  default void pollNow() {}

  /** {@return whether a request may be sent on it, as far as is known} */
  boolean isUsable();

  /**
   * {@return what has ended it: an error, an {@link EOFException} if its peer has closed it, or a
   * {@link CancellationException} if its exchange was given up; null if none has} Known before
   * anyone is told that an exchange has failed by it.
   */
  default @Nullable Throwable failure() {
    return null;
  }

  /** Closes it. Does nothing if it is closed. */
  void close();

  /**
   * Sets what to do when it has been closed by either side.
   *
   * @param action runs once, at once if it is closed already
   */
  void onClosed(Runnable action);
}
