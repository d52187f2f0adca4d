package io.httptrace.asynchttpclient;

import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.HttpResponseBodyPart;
import org.asynchttpclient.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is handed over as it comes: each part is held until the caller has read it,
 * as in the recordings, or has closed the body.
 */
final class StreamedResponse implements AsyncHandler<Void> {
  /** A part of the body, and whether the caller has taken it. */
  private static final class Part {
    final byte[] bytes;
    final Gate taken = new Gate();

    Part(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static final Part END = new Part(new byte[0]);

  private final CompletableFuture<HttpResponseStatus> head = new CompletableFuture<>();
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final boolean withoutBody;
  private volatile @Nullable HttpResponseStatus status;
  private volatile boolean empty;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;
  private volatile boolean closed;
  private volatile Part held = END;

  StreamedResponse(String method) {
    this.withoutBody = method.equals("HEAD");
  }

  /** {@return the response, with its head: one without a body when all of it has come} */
  ClientResponse await() throws Exception {
    HttpResponseStatus got;
    try {
      got = head.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
    return new ClientResponse(got.getStatusCode(), got.getProtocolText(), new Content());
  }

  @Override
  public State onStatusReceived(HttpResponseStatus responseStatus) {
    status = responseStatus;
    int code = responseStatus.getStatusCode();
    empty = withoutBody || code == 204 || code == 304;
    return State.CONTINUE;
  }

  @Override
  public State onHeadersReceived(HttpHeaders headers) {
    empty |= "0".equals(headers.get("Content-Length"));
    if (!empty) {
      head.complete(status);
    }
    return State.CONTINUE;
  }

  @Override
  public State onBodyPartReceived(HttpResponseBodyPart bodyPart) throws InterruptedException {
    byte[] bytes = bodyPart.getBodyPartBytes();
    if (bytes.length > 0 && !ended) {
      Part part = new Part(bytes);
      held = part;
      parts.add(part);
      head.complete(status);
      if (closed || ended) {
        part.taken.open();
      }
      if (!part.taken.await(Waiting.LIMIT)) {
        throw new IllegalStateException("nobody reads the body");
      }
    }
    return closed ? State.ABORT : State.CONTINUE;
  }

  @Override
  public void onThrowable(Throwable error) {
    failure = error;
    end();
    head.completeExceptionally(error);
  }

  @Override
  public @Nullable Void onCompleted() {
    end();
    head.complete(status);
    return null;
  }

  private void end() {
    ended = true;
    parts.add(END);
    held.taken.open();
  }

  private final class Content extends InputStream {
    private Part part = END;
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == part.bytes.length && !next()) {
        return -1;
      }
      int count = Math.min(length, part.bytes.length - at);
      System.arraycopy(part.bytes, at, buffer, offset, count);
      at += count;
      return count;
    }

    private boolean next() throws IOException {
      part.taken.open();
      try {
        part = parts.take();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      }
      at = 0;
      if (part != END) {
        return true;
      }
      parts.add(END);
      Throwable error = failure;
      if (error != null) {
        throw new IOException(error);
      }
      return false;
    }

    @Override
    public void close() {
      closed = true; // The part that is held, or the next one, is answered with ABORT.
      held.taken.open();
    }
  }
}
