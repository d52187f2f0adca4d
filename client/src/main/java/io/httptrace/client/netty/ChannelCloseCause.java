package io.httptrace.client.netty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.io.EOFException;

/**
 * Why a channel has ended, if that was found out while no request had it: as when a server refuses
 * a client's certificate, of which TLS 1.3 tells after the handshake (RFC 8446, section 4.4.4).
 */
public final class ChannelCloseCause {
  private static final AttributeKey<Throwable> CAUSE =
      AttributeKey.valueOf(ChannelCloseCause.class, "cause");

  private ChannelCloseCause() {}

  /**
   * Takes note of an error that nobody is told of now. The first one counts.
   *
   * @param channel the channel
   * @param cause the error
   */
  public static void record(Channel channel, Throwable cause) {
    channel.attr(CAUSE).setIfAbsent(PlainErrors.of(cause));
  }

  /**
   * {@return an error for who finds the channel at its end, with the reason if it is known}
   *
   * @param channel the channel
   * @param message what it means to who finds it
   */
  public static EOFException error(Channel channel, String message) {
    Throwable cause = channel.attr(CAUSE).get();
    if (cause == null) {
      return new EOFException(message);
    }
    EOFException error = new EOFException(message + ": " + cause.getMessage());
    error.initCause(cause);
    return error;
  }
}
