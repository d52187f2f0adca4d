package io.httptrace.conformance.http2;

import java.io.ByteArrayOutputStream;

/** A whole request, as a handler gets it. */
public final class Http2Request {
  /** How many bytes of a body are kept. */
  private static final int KEPT = 1 << 20;

  private final int connection;
  private final ReceivedHeaders headers;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long bodyLength;

  Http2Request(int connection, ReceivedHeaders headers) {
    this.connection = connection;
    this.headers = headers;
  }

  void add(byte[] content) {
    bodyLength += content.length;
    int room = Math.min(content.length, KEPT - body.size());
    body.write(content, 0, room);
  }

  /** {@return the number of its connection at the server} */
  public int connection() {
    return connection;
  }

  /** {@return its head} */
  public ReceivedHeaders headers() {
    return headers;
  }

  /** {@return its body; only the first megabyte if it is longer} */
  public byte[] body() {
    return body.toByteArray();
  }

  /** {@return the length of its whole body} */
  public long bodyLength() {
    return bodyLength;
  }

  @Override
  public String toString() {
    return headers.method() + " " + headers.path() + " on stream " + headers.stream();
  }
}
