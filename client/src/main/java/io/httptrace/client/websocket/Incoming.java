package io.httptrace.client.websocket;

import java.nio.ByteBuffer;

/** Input from the peer, in the order of its arrival. */
sealed interface Incoming {

  /**
   * A part of a text, in UTF-8.
   *
   * @param last whether it is the last part
   */
  record Text(ByteBuffer content, boolean last) implements Incoming {}

  /**
   * A part of a binary message.
   *
   * @param last whether it is the last part
   */
  record Binary(ByteBuffer content, boolean last) implements Incoming {}

  /** A Ping message. */
  record Ping(ByteBuffer content) implements Incoming {}

  /** A Pong message. */
  record Pong(ByteBuffer content) implements Incoming {}

  /** A Close message, or the end of the connection without one. */
  record Close(int code, String reason) implements Incoming {}

  /**
   * The input has failed, and ends.
   *
   * @param error why
   * @param closeCode the code of the Close message to the peer, or 0 for none
   */
  record Failure(Throwable error, int closeCode) implements Incoming {}
}
