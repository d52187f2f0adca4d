package io.httptrace;

/**
 * How many bytes a round trip sent and received. "Wire" is what HTTP put on the connection (heads,
 * chunk framing and content, below TLS not counted); "content" is the body as its producer gave it
 * and as its consumer got it, without framing and after a content coding was decoded.
 */
public final class ByteCounts {
  /** No bytes sent and none received. */
  public static final ByteCounts NONE = new ByteCounts(0, 0, 0, 0);

  private final long wireSent;
  private final long wireReceived;
  private final long contentSent;
  private final long contentReceived;

  private ByteCounts(long wireSent, long wireReceived, long contentSent, long contentReceived) {
    this.wireSent = wireSent;
    this.wireReceived = wireReceived;
    this.contentSent = contentSent;
    this.contentReceived = contentReceived;
  }

  /**
   * {@return counts}
   *
   * @param wireSent see {@link #wireSent()}
   * @param wireReceived see {@link #wireReceived()}
   * @param contentSent see {@link #contentSent()}
   * @param contentReceived see {@link #contentReceived()}
   */
  public static ByteCounts of(
      long wireSent, long wireReceived, long contentSent, long contentReceived) {
    return new ByteCounts(wireSent, wireReceived, contentSent, contentReceived);
  }

  /**
   * {@return the bytes of head and framed body that were sent; over HTTP/2 of the stream's frames}
   * If the request was cut short, all bytes that were handed to the connection count.
   */
  public long wireSent() {
    return wireSent;
  }

  /**
   * {@return the bytes of heads and framed body that were received; over HTTP/2 of the stream's
   * frames}
   */
  public long wireReceived() {
    return wireReceived;
  }

  /** {@return the bytes of the request's body} */
  public long contentSent() {
    return contentSent;
  }

  /** {@return the bytes of the response's body as its consumer got them} */
  public long contentReceived() {
    return contentReceived;
  }

  @Override
  public String toString() {
    return "sent:"
        + wireSent
        + "/"
        + contentSent
        + " received:"
        + wireReceived
        + "/"
        + contentReceived;
  }
}
