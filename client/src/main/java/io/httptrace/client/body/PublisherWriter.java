package io.httptrace.client.body;

import io.httptrace.client.concurrent.Strand;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of a request from its publisher, one buffer after the other as they are written.
 *
 * <p>The publisher is called on a strand of its own: it may block while it reads a file or a
 * stream, and the response must not wait for that.
 */
public final class PublisherWriter implements Flow.Subscriber<ByteBuffer> {

  /** Where the body goes. Called by the publisher, one call after the other. */
  public interface Sink {
    /**
     * Takes content. {@link #written()} asks for more.
     *
     * @param content the content; not to be changed
     */
    void content(ByteBuffer content);

    /** Takes the end of the body. */
    void complete();

    /**
     * Takes the news that there is no more, though the body is not complete.
     *
     * @param error why
     */
    void failed(Throwable error);
  }

  /** Those of the JDK that have all the content in memory. */
  private static final Set<String> PROMPT =
      Set.of(
          "jdk.internal.net.http.RequestPublishers$ByteArrayPublisher",
          "jdk.internal.net.http.RequestPublishers$StringPublisher");

  private final BodyPublisher publisher;
  private final long length;
  private final Strand strand;
  private final Sink sink;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong count = new AtomicLong();
  private volatile Flow.@Nullable Subscription subscription;

  /**
   * Makes a writer.
   *
   * @param publisher the body
   * @param length how many bytes it must have, or -1 if any number will do
   * @param strand calls the publisher
   * @param sink takes the content
   */
  public PublisherWriter(BodyPublisher publisher, long length, Strand strand, Sink sink) {
    this.publisher = publisher;
    this.length = length;
    this.strand = strand;
    this.sink = sink;
  }

  /**
   * {@return whether a publisher is known neither to block nor to call what is the caller's} So it
   * can be called on any thread.
   *
   * @param publisher the publisher
   */
  public static boolean isPrompt(BodyPublisher publisher) {
    return PROMPT.contains(publisher.getClass().getName());
  }

  /** Begins. */
  public void start() {
    strand.execute(
        () -> {
          if (ended.get()) {
            return;
          }
          try {
            publisher.subscribe(this);
          } catch (Throwable t) {
            fail(t);
          }
        });
  }

  /** Asks for more, once what came before has been written. */
  public void written() {
    Flow.Subscription from = subscription;
    if (from != null && !ended.get()) {
      strand.execute(() -> request(from));
    }
  }

  private void request(Flow.Subscription from) {
    if (!ended.get()) {
      try {
        from.request(1);
      } catch (Throwable t) {
        fail(t);
      }
    }
  }

  /** Wants no more. */
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      cancelSubscription();
    }
  }

  private void cancelSubscription() {
    Flow.Subscription from = subscription;
    if (from != null) {
      strand.execute(from::cancel);
    }
  }

  /** {@return whether the calling thread runs the publisher} */
  public boolean runsHere() {
    return strand.runsHere();
  }

  /** {@return how many bytes the publisher has given} */
  public long count() {
    return count.get();
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    if (subscription != null || ended.get()) {
      from.cancel();
      return;
    }
    subscription = from;
    request(from);
  }

  @Override
  public void onNext(ByteBuffer content) {
    if (ended.get()) {
      return;
    }
    int size = content.remaining();
    long total = count.addAndGet(size);
    if (length >= 0 && total > length) {
      fail(
          new IOException(
              "Too many bytes in request body. Expected: " + length + ", got: " + total));
      cancelSubscription();
    } else if (size == 0) {
      written();
    } else {
      sink.content(content);
    }
  }

  @Override
  public void onError(Throwable error) {
    fail(error);
  }

  @Override
  public void onComplete() {
    long total = count.get();
    if (length >= 0 && total < length) {
      fail(
          new IOException(
              "Too few bytes returned by the publisher (" + total + "/" + length + ")"));
    } else if (ended.compareAndSet(false, true)) {
      sink.complete();
    }
  }

  private void fail(Throwable error) {
    if (ended.compareAndSet(false, true)) {
      sink.failed(error);
    }
  }
}
