package io.httptrace.apache;

import io.httptrace.conformance.body.RequestBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Flow;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** The body of a scenario's request, as its publisher gives it. */
final class PublishedEntity implements AsyncEntityProducer {
  private final RequestBody body;

  // Guarded by this.
  private @Nullable Parts parts;

  PublishedEntity(RequestBody body) {
    this.body = body;
  }

  @Override
  public boolean isRepeatable() {
    return body.replayable();
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public @Nullable String getContentType() {
    return null;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return null;
  }

  @Override
  public boolean isChunked() {
    return body.length() < 0;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }

  @Override
  public int available() {
    Parts taken = parts();
    return taken == null ? 0 : taken.available();
  }

  private synchronized @Nullable Parts parts() {
    return parts;
  }

  @Override
  public void produce(DataStreamChannel channel) throws IOException {
    Parts taken;
    boolean first;
    synchronized (this) {
      first = parts == null;
      taken = first ? new Parts(channel) : parts;
      parts = taken;
    }
    if (taken == null) {
      return;
    }
    if (first) {
      body.publisher().subscribe(taken);
    }
    taken.write(channel);
  }

  @Override
  public void failed(Exception cause) {
    releaseResources();
  }

  @Override
  public synchronized void releaseResources() {
    Parts taken = parts;
    parts = null;
    if (taken != null) {
      taken.cancel();
    }
  }

  /** What the publisher has given and the channel has not taken yet: one part at a time. */
  private static final class Parts implements Flow.Subscriber<ByteBuffer> {
    private final DataStreamChannel channel;

    // Guarded by this.
    private Flow.@Nullable Subscription subscription;
    private @Nullable ByteBuffer part;
    private boolean complete;
    private boolean ended;
    private @Nullable Throwable failure;

    Parts(DataStreamChannel channel) {
      this.channel = channel;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      synchronized (this) {
        subscription = given;
      }
      given.request(1);
    }

    @Override
    public void onNext(ByteBuffer next) {
      synchronized (this) {
        part = next;
      }
      channel.requestOutput();
    }

    @Override
    public void onError(Throwable error) {
      synchronized (this) {
        failure = error;
      }
      channel.requestOutput();
    }

    @Override
    public void onComplete() {
      synchronized (this) {
        complete = true;
      }
      channel.requestOutput();
    }

    synchronized int available() {
      if (part != null) {
        return part.remaining();
      }
      return (complete && !ended) || failure != null ? 1 : 0;
    }

    void write(DataStreamChannel to) throws IOException {
      while (true) {
        ByteBuffer writing;
        synchronized (this) {
          writing = part;
          if (writing == null) {
            if (failure != null) {
              throw failure instanceof IOException io ? io : new IOException(failure);
            }
            if (!complete || ended) {
              return;
            }
            ended = true;
          }
        }
        if (writing == null) {
          to.endStream();
          return;
        }
        to.write(writing);
        if (writing.hasRemaining()) {
          return;
        }
        Flow.Subscription more;
        synchronized (this) {
          part = null;
          more = subscription;
        }
        if (more != null) {
          more.request(1);
        }
      }
    }

    void cancel() {
      Flow.Subscription given;
      synchronized (this) {
        given = subscription;
      }
      if (given != null) {
        given.cancel();
      }
    }
  }
}
