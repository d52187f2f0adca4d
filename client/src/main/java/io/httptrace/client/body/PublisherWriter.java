package io.httptrace.client.body;

import io.httptrace.client.concurrent.Strand;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
     * Takes content. More is asked for when {@link #written()} has been called for each buffer.
     *
     * @param content the content; not to be changed
     */
    void content(List<ByteBuffer> content);

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

  /**
   * How many buffers one of those is asked for at a time, which go out together: with the JDK's 16
   * KiB each, as much as one write takes. Others are asked for one: they may take their time to
   * make the next.
   */
  private static final int PROMPT_DEMAND = 4;

  private final BodyPublisher publisher;
  private final boolean prompt;
  private final long length;
  private final Strand strand;
  private final Sink sink;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong count = new AtomicLong();
  private final AtomicInteger unwritten = new AtomicInteger();
  private volatile Flow.@Nullable Subscription subscription;

  // Used by the thread that calls a publisher which has all in memory.
  private @Nullable List<ByteBuffer> gathered;
  private boolean complete;

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
    this.prompt = isPrompt(publisher);
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

  /** {@return whether the publisher has all in memory, as {@link #isPrompt(BodyPublisher)}} */
  public boolean isPrompt() {
    return prompt;
  }

  /** Begins. */
  public void start() {
    strand.execute(() -> gather(this::subscribe));
  }

  /**
   * Begins with a publisher that has all in memory, on the calling thread. It knows how much that
   * is, so the sink need not be told if this is all of it.
   *
   * @return the first of the content, which the sink is not given
   */
  public List<ByteBuffer> begin() {
    List<ByteBuffer> first = new ArrayList<>(PROMPT_DEMAND);
    gathered = first;
    subscribe();
    gathered = null;
    unwritten.set(first.size());
    return first;
  }

  private void subscribe() {
    if (!ended.get()) {
      try {
        publisher.subscribe(this);
      } catch (Throwable t) {
        fail(t);
      }
    }
  }

  /** A buffer has been written: asks for more if it was the last there was. On any thread. */
  public void written() {
    if (unwritten.decrementAndGet() <= 0) {
      requestMore();
    }
  }

  private void requestMore() {
    Flow.Subscription from = subscription;
    if (from != null && !ended.get()) {
      strand.execute(() -> gather(() -> request(from)));
    }
  }

  private void request(Flow.Subscription from) {
    if (!ended.get()) {
      try {
        from.request(prompt ? PROMPT_DEMAND : 1);
      } catch (Throwable t) {
        fail(t);
      }
    }
  }

  /** Calls a publisher; what one that has all in memory gives meanwhile is passed on together. */
  private void gather(Runnable call) {
    if (!prompt) {
      call.run();
      return;
    }
    List<ByteBuffer> content = new ArrayList<>(PROMPT_DEMAND);
    gathered = content;
    call.run();
    gathered = null;
    give(content);
    if (complete) {
      sink.complete();
    }
  }

  private void give(List<ByteBuffer> content) {
    if (!content.isEmpty()) {
      unwritten.set(content.size());
      sink.content(content);
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
      requestMore();
    } else if (gathered != null) {
      gathered.add(content);
    } else {
      give(List.of(content));
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
      if (gathered == null) {
        sink.complete();
      } else {
        complete = true;
      }
    }
  }

  private void fail(Throwable error) {
    if (ended.compareAndSet(false, true)) {
      sink.failed(error);
    }
  }
}
