package io.httptrace.conformance.body;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.error.BodyFailedException;
import io.httptrace.conformance.time.Gate;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, as a stream that blocks or as a publisher, whichever the client needs;
 * both give the same bytes, pause at the same place and fail at the same place.
 */
public final class RequestBody {
  private final byte[] content;
  private final boolean lengthKnown;
  private final boolean replayable;
  private final int pauseAfter;
  private final @Nullable Gate pause;
  private final int failAfter;
  private final AtomicBoolean taken = new AtomicBoolean();

  private RequestBody(Builder builder) {
    content = builder.content;
    lengthKnown = builder.lengthKnown;
    replayable = builder.replayable;
    pauseAfter = builder.pauseAfter;
    pause = builder.pause;
    failAfter = builder.failAfter;
  }

  /**
   * {@return a builder of a body of known length that can be sent again}
   *
   * @param content its bytes
   */
  public static Builder of(byte[] content) {
    return new Builder(content.clone());
  }

  /** {@return the number of bytes, or -1 if the client must not know it in advance} */
  public long length() {
    return lengthKnown ? content.length : -1;
  }

  /** {@return whether the body can be taken more than once} */
  public boolean replayable() {
    return replayable;
  }

  /**
   * {@return the body as a stream; it blocks while the body pauses, and fails with {@link
   * BodyFailedException}}
   *
   * @throws IllegalStateException if it was taken before and is not replayable
   */
  public InputStream open() {
    take();
    return new BodyInputStream(source());
  }

  /**
   * {@return the body as a publisher, which never blocks, and can fail with {@link
   * BodyFailedException}} A second subscription fails if the body is not replayable.
   */
  public Flow.Publisher<ByteBuffer> publisher() {
    return subscriber -> {
      requireNonNull(subscriber, "subscriber");
      boolean refused = !replayable && taken.getAndSet(true);
      RequestBodySubscription.start(subscriber, source(), refused);
    };
  }

  private void take() {
    if (!replayable && taken.getAndSet(true)) {
      throw new IllegalStateException("the body cannot be sent again");
    }
  }

  private BodySource source() {
    return new BodySource(content, pauseAfter, pause, failAfter);
  }

  /** Builds a body. */
  public static final class Builder {
    private final byte[] content;
    private boolean lengthKnown = true;
    private boolean replayable = true;
    private int pauseAfter = Integer.MAX_VALUE;
    private @Nullable Gate pause;
    private int failAfter = Integer.MAX_VALUE;

    private Builder(byte[] content) {
      this.content = content;
    }

    /**
     * Hides the length from the client.
     *
     * @return this
     */
    public Builder unknownLength() {
      lengthKnown = false;
      return this;
    }

    /**
     * Lets the body be taken only once.
     *
     * @return this
     */
    public Builder onlyOnce() {
      replayable = false;
      return this;
    }

    /**
     * Lets the body pause.
     *
     * @param bytes after so many bytes
     * @param until until this gate is open
     * @return this
     */
    public Builder pauseAfter(int bytes, Gate until) {
      pauseAfter = bytes;
      pause = requireNonNull(until, "until");
      return this;
    }

    /**
     * Lets the body fail.
     *
     * @param bytes after so many bytes
     * @return this
     */
    public Builder failAfter(int bytes) {
      failAfter = bytes;
      return this;
    }

    /** {@return the body} */
    public RequestBody build() {
      return new RequestBody(this);
    }
  }
}
