package io.httptrace.client.websocket;

import java.nio.ByteBuffer;

/** What comes from the peer, in the order of its arrival. */
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
   * Nothing more comes.
   *
   * @param error why
   * @param closeCode what the peer is told, or 0 for nothing
   */
  record Failure(Throwable error, int closeCode) implements Incoming {}
}
