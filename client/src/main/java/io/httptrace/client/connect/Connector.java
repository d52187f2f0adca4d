package io.httptrace.client.connect;

import io.httptrace.client.pool.Dialer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Connects to one address, so that dialling can be tested without a network. */
@FunctionalInterface
interface Connector {

  /** An attempt under way. */
  @FunctionalInterface
  interface Attempt {
    /** Stops it: a connection it makes all the same is closed, and no one is told. */
    void cancel();
  }

  /** Is told how an attempt ended, on any thread, unless it was cancelled. */
  @FunctionalInterface
  interface Outcome {
    /**
     * Takes the outcome; one of the two is null.
     *
     * @param channel the connection
     * @param error why there is none
     */
    void done(@Nullable Channel channel, @Nullable Throwable error);
  }

  /**
   * Starts an attempt. Has no limit in time of its own.
   *
   * @param addr the address
   * @param waiter drives the socket, if the calling thread is about to wait for nothing but this
   *     attempt; null if it is not
   * @param outcome is told how it ended
   * @return stops it
   */
  Attempt connect(InetSocketAddress addr, Dialer.@Nullable Waiter waiter, Outcome outcome);

  /**
   * {@return where to connect to for a host and port, which may be others}
   *
   * @param target the host and port, unresolved
   * @throws IOException if it is not known
   */
  default InetSocketAddress destination(InetSocketAddress target) throws IOException {
    return target;
  }
}
