package io.httptrace.client.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of one exchange at a time, on a connection or a stream of one. It knows no hooks and no
 * request as its caller sees it: facts go to a {@link Listener}.
 *
 * <p>Methods may be called on any thread, and return at once; which thread drives the connection is
 * the codec's affair.
 */
public interface ExchangeCodec {

  /**
   * Begins an exchange: writes the head, and with a head without a body the whole request. Reads
   * until the head of the final response is there.
   *
   * @param head the head
   * @param listener is told of everything, until the response has ended or the exchange failed
   */
  void begin(RequestHead head, Listener listener);

  /** {@return whether what there is of a body can {@linkplain #begin begin} with the head} */
  default boolean joinsBody() {
    return false;
  }

  /**
   * Begins an exchange whose body begins with the head: both are handed to the operating system
   * together. Only where {@link #joinsBody}. What is told is the same as if the content had been
   * {@linkplain #write written} after the head.
   *
   * @param head the head
   * @param content the content, or the first of it; not to be changed until {@link
   *     Listener#contentWritten}
   * @param listener as for {@link #begin(RequestHead, Listener)}
   */
  default void begin(RequestHead head, List<ByteBuffer> content, Listener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes a part of the body. Does nothing if the connection serves another exchange by now: the
   * response may be complete before the publisher of a body has said so.
   *
   * @param content the content; not to be changed until {@link Listener#contentWritten}
   * @param listener the listener of the exchange
   */
  void write(ByteBuffer content, Listener listener);

  /**
   * Writes parts of the body, if possible together. Each is told of by itself.
   *
   * @param content the parts, as for {@link #write(ByteBuffer, Listener)}
   * @param listener the listener of the exchange
   */
  default void write(List<ByteBuffer> content, Listener listener) {
    for (ByteBuffer each : content) {
      write(each, listener);
    }
  }

  /**
   * Writes the end of the body, which for one of known length is a matter of form. Does nothing if
   * the connection serves another exchange by now.
   *
   * @param listener the listener of the exchange
   */
  void finish(Listener listener);

  /** Reads more of the body of the response. */
  void read();

  /**
   * Ends the exchange of this listener if it is still under way: closes the connection, or resets
   * the stream if it shares the connection with others. The listener is told no more.
   *
   * @param listener the listener
   */
  void abort(Listener listener);

  /**
   * The exchange has run out of time, and is about to be {@linkplain #abort aborted}: a connection
   * it shares with others may be dead.
   */
  default void outOfTime() {}

  /** {@return how many bytes of this exchange have been written} */
  long wireSent();

  /** {@return how many bytes of this exchange have been read} */
  long wireReceived();

  /**
   * Facts, in the order in which they happen. Called on the thread that drives the connection, one
   * call after the other; must not block.
   */
  interface Listener {
    /** The head has been handed to the operating system. */
    void headWritten();

    /** What was last written of the body has been handed to the operating system. */
    void contentWritten();

    /**
     * The whole request has been handed to the operating system. If it has no body, this follows
     * {@link #headWritten} at once.
     */
    void requestWritten();

    /**
     * Writing failed. The response may be there all the same.
     *
     * @param error why
     */
    void writeFailed(Throwable error);

    /**
     * The first byte of an answer is there. Over HTTP/1.1 {@code WireTap} sees it, over HTTP/2
     * {@code StreamExchange} with the first HEADERS frame.
     */
    void firstByte();

    /**
     * An informational response is there.
     *
     * @param head its head
     */
    void informational(ResponseHead head);

    /**
     * The head of the final response is there.
     *
     * @param head the head
     */
    void head(ResponseHead head);

    /**
     * A part of the body is there.
     *
     * @param content the content
     */
    void content(ByteBuffer content);

    /**
     * The response has been read to its end.
     *
     * @param trailers the trailer fields
     */
    void end(HttpHeaders trailers);

    /** All that could be read for now has been told. */
    void readComplete();

    /**
     * The exchange failed, and the connection is closed or about to be.
     *
     * @param error why: an {@link java.io.EOFException} if the peer closed it
     */
    void failed(Throwable error);
  }
}
