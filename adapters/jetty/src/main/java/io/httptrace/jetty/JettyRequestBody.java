package io.httptrace.jetty;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The body of a traced request, which also knows how far it has been read. */
final class JettyRequestBody implements Request.Content {
  /** As much of a stream of HTTP/2 is never held back, if the peer does not say otherwise. */
  private static final int HTTP2_WINDOW = 65_535;

  private final Request.Content content;

  // Written by the thread that sends the request.
  private volatile boolean begun;
  private volatile boolean ended;
  private volatile long read;
  private volatile long whole = -1;

  private JettyRequestBody(Request.Content content) {
    this.content = content;
  }

  /** {@return the body of a request, which it has from now on; null if it has none} */
  static @Nullable JettyRequestBody of(Request request) {
    Request.Content content = request.getBody();
    if (content == null) {
      return null;
    }
    JettyRequestBody body =
        new JettyRequestBody(content instanceof JettyRequestBody known ? known.content : content);
    request.body(body);
    return body;
  }

  /**
   * {@return whether all of it has been written, as far as can be seen} It has been read to its
   * end, and the connection does not hold it back.
   *
   * @param connection the connection; null if there is none
   */
  boolean isWritten(@Nullable Object connection) {
    long length = content.getLength();
    boolean whole = ended || (length >= 0 && read >= length);
    return whole
        && (connection instanceof Connection ? !isHeldBack(connection) : read <= HTTP2_WINDOW);
  }

  /**
   * {@return whether a connection has something to write that the peer does not take yet} One of
   * HTTP/2 does not say.
   *
   * @param connection the connection; null if there is none
   */
  static boolean isHeldBack(@Nullable Object connection) {
    return connection instanceof Connection io
        && io.getEndPoint() instanceof AbstractEndPoint end
        && end.getWriteFlusher().isPending();
  }

  /** {@return the length, which is also known if it came in one piece; -1 if it is not} */
  long length() {
    long known = content.getLength();
    return known < 0 ? whole : known;
  }

  @Override
  public String getContentType() {
    return content.getContentType();
  }

  @Override
  public long getLength() {
    return content.getLength();
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = content.read();
    if (chunk != null && !Content.Chunk.isFailure(chunk)) {
      if (chunk.isLast()) {
        whole = begun ? -1 : chunk.remaining();
        ended = true;
      }
      begun = true;
      // Only one thread writes at a time.
      long before = read;
      read = before + chunk.remaining();
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demandCallback) {
    content.demand(demandCallback);
  }

  @Override
  public void fail(Throwable failure) {
    content.fail(failure);
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    content.fail(failure, last);
  }

  @Override
  public boolean rewind() {
    return content.rewind();
  }

  @Override
  public String toString() {
    return content.toString();
  }
}
