package io.httptrace.asynchttpclient;

import io.httptrace.conformance.body.RequestBody;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.asynchttpclient.request.body.Body;
import org.asynchttpclient.request.body.generator.FeedListener;
import org.asynchttpclient.request.body.generator.FeedableBodyGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A body of a scenario, which may pause or fail: a thread of its own reads it, so that no I/O
 * thread is blocked.
 */
final class FedBody implements FeedableBodyGenerator {
  private final RequestBody body;
  private volatile @Nullable FeedListener listener;

  FedBody(RequestBody body) {
    this.body = body;
  }

  @Override
  public Body createBody() {
    return new Fed();
  }

  @Override
  public boolean feed(ByteBuf buffer, boolean isLast) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setListener(FeedListener fed) {
    listener = fed;
    fed.onContentAdded(); // There may have been some before.
  }

  /** A part of the body, or what has failed; both null at the end. */
  private static final class Part {
    final byte @Nullable [] bytes;
    final @Nullable IOException failure;

    Part(byte @Nullable [] bytes, @Nullable IOException failure) {
      this.bytes = bytes;
      this.failure = failure;
    }
  }

  private final class Fed implements Body {
    private final ConcurrentLinkedQueue<Part> parts = new ConcurrentLinkedQueue<>();
    private boolean reading;

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public BodyState transferTo(ByteBuf target) throws IOException {
      if (!reading) {
        reading = true;
        Thread reader = new Thread(this::read, "request body");
        reader.setDaemon(true);
        reader.start();
      }
      Part part = parts.poll();
      if (part == null) {
        return BodyState.SUSPEND;
      }
      if (part.failure != null) {
        target.release(); // AsyncHttpClient forgets it when this throws.
        throw part.failure;
      }
      if (part.bytes == null) {
        return BodyState.STOP;
      }
      target.writeBytes(part.bytes);
      return BodyState.CONTINUE;
    }

    private void read() {
      byte[] buffer = new byte[1024];
      try (InputStream content = body.open()) {
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
          add(new Part(Arrays.copyOf(buffer, count), null));
        }
        add(new Part(null, null));
      } catch (IOException failure) {
        add(new Part(null, failure));
      }
    }

    private void add(Part part) {
      parts.add(part);
      FeedListener fed = listener;
      if (fed != null) {
        fed.onContentAdded();
      }
    }

    @Override
    public void close() {
      parts.clear();
    }
  }
}
