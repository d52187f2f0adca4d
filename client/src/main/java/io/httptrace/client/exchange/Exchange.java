package io.httptrace.client.exchange;

import io.httptrace.ByteCounts;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.WroteRequestInfo;
import io.httptrace.client.body.SubscriberReader;
import io.httptrace.client.errors.ResponseException;
import io.httptrace.client.exchange.ExchangeFailure.Step;
import io.httptrace.client.netty.Clock;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on one connection: the hooks around the bytes of an {@link
 * ExchangeCodec}.
 *
 * <p>All state belongs to the strand of the call, and all hooks run on it; only {@link
 * #contentWritten}, {@link #publisherFailed} and {@link #abort} are called from elsewhere.
 */
public final class Exchange {
  /** How long an end of the response waits for the end of the request, as in Go. */
  private static final long WRITER_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How long the end of a response waits for a reader who has not asked for it. */
  private static final long END_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long a failure to write waits for a response that may be there all the same. */
  private static final long RESPONSE_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ExchangeContext context;
  private final RequestHead head;
  private final Lease lease;
  private final ExchangeCodec codec;
  private final ExchangeOwner owner;
  private final Upload upload;
  private final Arrivals arrivals;
  private final long connection;

  private Clock.Timer headerTimer = Clock.Timer.NONE;
  private Clock.Timer graceTimer = Clock.Timer.NONE;
  private Step step = Step.WRITING;
  private boolean answered;
  private boolean continued;
  private boolean responseEnded;
  private boolean started;
  private boolean reusable;
  private boolean ended;
  private int informational;
  private long informationalBytes;
  private @Nullable Throwable writeError;
  private @Nullable ResponseHead pendingHead;
  private @Nullable SubscriberReader reader;
  private @Nullable Runnable afterWriting;

  /**
   * Makes an exchange.
   *
   * @param context the strand and what else it runs in
   * @param head the head of the request
   * @param publisher its body, or null if it has none
   * @param lease the connection
   * @param owner takes the response
   */
  public Exchange(
      ExchangeContext context,
      RequestHead head,
      @Nullable BodyPublisher publisher,
      Lease lease,
      ExchangeOwner owner) {
    this.context = context;
    this.head = head;
    this.lease = lease;
    this.codec = lease.codec();
    this.owner = owner;
    this.connection = lease.connectionId();
    this.arrivals = new Arrivals(this, context.strand(), context.trace());
    this.upload =
        new Upload(
            this, context.strand(), codec, publisher, head.contentLength(), context.writerStrand());
  }

  /** Begins. On the strand. */
  public void begin() {
    if (context.trace().enabled()) {
      context.trace().gotConn(context.trace().now(), lease.info());
    }
    if (!ended) {
      codec.begin(head, arrivals);
    }
  }

  // ---- The request ----

  void headWritten(long at) {
    if (ended || upload.headWritten()) {
      return;
    }
    if (context.trace().enabled()) {
      head.fields()
          .forEach(f -> context.trace().wroteHeaderField(at, connection, f.name(), f.values()));
      context.trace().wroteHeaders(at, connection);
    }
    upload.begin();
    if (!head.hasBody() || !head.expectContinue()) {
      upload.send();
      return;
    }
    context.trace().wait100Continue(context.trace().now(), connection);
    upload.awaitContinue(context.clock(), context.settings().expectContinueNanos());
  }

  /** Content has been written. On any thread. */
  void contentWritten() {
    upload.contentWritten();
  }

  void requestWritten(long at) {
    if (!ended && upload.written()) {
      wroteRequest(at, null);
      upload.contentWritten();
      if (step == Step.WRITING) {
        step = Step.AWAITING_RESPONSE;
        long limit = context.settings().responseHeaderNanos();
        if (limit > 0) {
          headerTimer =
              context
                  .clock()
                  .schedule(
                      () -> abort(new HttpTimeoutException("timed out waiting for the response")),
                      limit);
        }
      }
      proceedAfterWriting();
    }
  }

  void writeFailed(long at, Throwable error) {
    if (ended || !upload.fail()) {
      return;
    }
    wroteRequest(at, error);
    if (step != Step.READING_BODY) {
      writeError = error;
      graceTimer =
          context
              .clock()
              .schedule(
                  () -> context.strand().execute(() -> failed(context.trace().now(), error)),
                  RESPONSE_GRACE_NANOS);
    }
    proceedAfterWriting();
  }

  /** The source of the body has failed. On any thread. */
  void publisherFailed(Throwable error) {
    long at = context.trace().now();
    context
        .strand()
        .execute(
            () -> {
              if (ended) {
                return;
              }
              if (upload.fail()) {
                wroteRequest(at, error);
              }
              finish(at, error);
            });
  }

  private void wroteRequest(long at, @Nullable Throwable error) {
    if (context.trace().enabled()) {
      context.trace().wroteRequest(at, connection, WroteRequestInfo.of(error));
    }
  }

  private void proceedAfterWriting() {
    Runnable next = afterWriting;
    afterWriting = null;
    if (next != null) {
      next.run();
    }
  }

  // ---- The response ----

  void firstByte(long at) {
    if (!ended) {
      answered = true;
      context.trace().gotFirstResponseByte(at, connection);
    }
  }

  void informational(long at, ResponseHead response) {
    if (ended) {
      return;
    }
    informational++;
    int limit = context.settings().maxInformational();
    if (limit > 0 && informational > limit) {
      finish(at, new ResponseException(ResponseException.Reason.TOO_MANY_INFORMATIONAL, null));
      return;
    }
    informationalBytes += response.size();
    if (informationalBytes > context.settings().maxHeadBytes()) {
      finish(at, new ResponseException(ResponseException.Reason.HEADER_TOO_LARGE, null));
      return;
    }
    if (response.status() == 100 && head.hasBody() && head.expectContinue() && !continued) {
      continued = true;
      context.trace().got100Continue(at, connection);
      if (upload.headWritten()) {
        upload.send();
      }
    }
    if (context.trace().enabled()) {
      Throwable veto =
          context
              .trace()
              .got1xxResponse(at, connection, response.status(), response.headers().map());
      if (veto != null) {
        finish(at, new IOException("aborted by got1xxResponse: " + veto.getMessage(), veto));
      }
    }
  }

  void head(long at, ResponseHead response) {
    if (ended) {
      return;
    }
    step = Step.READING_BODY;
    headerTimer.stop();
    graceTimer.stop();
    if (upload.leaveUnsent()) {
      wroteRequest(at, null);
    }
    if (context.trace().enabled()) {
      context
          .trace()
          .gotResponse(
              at,
              connection,
              GotResponseInfo.of(response.status(), response.protocol(), response.headers().map()));
    }
    pendingHead = response;
    reusable = head.keepAlive() && response.reusable();
  }

  void content(ByteBuffer content) {
    if (ended) {
      return;
    }
    respond();
    if (reader != null) {
      reader.offer(content);
    }
  }

  void end(long at) {
    if (ended) {
      return;
    }
    responseEnded = true;
    if (reader != null) {
      reader.end();
    }
  }

  /** The facts that came together have all been told. */
  void flush() {
    if (ended) {
      return;
    }
    if (pendingHead != null && !pendingHead.hasBody()) {
      if (responseEnded && afterWriting == null) {
        settle(this::respondWithoutBody);
      }
    } else {
      respond();
      pump();
    }
  }

  private void respondWithoutBody() {
    respond();
    pump();
  }

  private void respond() {
    ResponseHead response = pendingHead;
    pendingHead = null;
    if (response != null) {
      reader = new SubscriberReader(context.strand(), owner.respond(response), new Source());
      if (responseEnded) {
        reader.end();
      }
    }
  }

  private void pump() {
    SubscriberReader to = reader;
    if (to != null) {
      if (started) {
        to.flush();
      } else {
        started = true;
        to.start();
      }
    }
  }

  /** What the reader of the body asks for. */
  private final class Source implements SubscriberReader.Source {
    @Override
    public void read() {
      if (!responseEnded) {
        codec.read();
      }
    }

    @Override
    public void ending(Runnable proceed) {
      settle(proceed);
    }

    @Override
    public void idle(Runnable proceed) {
      graceTimer =
          context.clock().schedule(() -> context.strand().execute(proceed), END_GRACE_NANOS);
    }

    @Override
    public void cancelled() {
      close(context.trace().now(), RoundTripOutcome.ABANDONED, null);
    }

    @Override
    public void failed(Throwable error) {
      close(context.trace().now(), RoundTripOutcome.FAILED, error);
    }
  }

  // ---- The end ----

  /**
   * The response has been read to its end: gives the connection back, and then goes on. If the
   * request is still being written, waits for that a little.
   */
  private void settle(Runnable proceed) {
    if (ended) {
      proceed.run();
    } else if (upload.settled()) {
      settleNow();
      proceed.run();
    } else {
      afterWriting = () -> settle(proceed);
      graceTimer =
          context
              .clock()
              .schedule(() -> context.strand().execute(this::giveUpWriting), WRITER_GRACE_NANOS);
    }
  }

  private void giveUpWriting() {
    if (!ended && upload.fail()) {
      wroteRequest(
          context.trace().now(), new IOException("the response was complete before the request"));
      proceedAfterWriting();
    }
  }

  private void settleNow() {
    ByteCounts bytes = bytes();
    if (!reusable || !upload.isWritten()) {
      lease.close();
    } else {
      IOException refused = lease.giveBack();
      context.trace().putIdleConn(context.trace().now(), connection, refused);
      if (refused != null) {
        lease.close();
      }
    }
    end(context.trace().now(), RoundTripOutcome.COMPLETED, null, bytes);
  }

  void failed(long at, Throwable error) {
    if (!ended && !responseEnded) {
      Throwable first = writeError;
      if (first != null && first != error) {
        first.addSuppressed(error);
      }
      finish(at, first != null ? first : error);
    }
  }

  /**
   * Ends the exchange with an error, if it has not ended. On any thread.
   *
   * @param error why: a {@link HttpTimeoutException}, a {@link CancellationException} or something
   *     else
   */
  public void abort(Throwable error) {
    codec.abort(arrivals);
    long at = context.trace().now();
    context.strand().execute(() -> finish(at, error));
  }

  private void finish(long at, Throwable error) {
    if (ended) {
      return;
    }
    boolean awaitingContinue = upload.leaveUnsent();
    boolean wasWriting = awaitingContinue || (upload.fail() && upload.headWritten());
    if (wasWriting) {
      wroteRequest(at, awaitingContinue ? null : error);
    }
    SubscriberReader to = reader;
    ExchangeFailure failure = new ExchangeFailure(error, step, answered, upload.headWritten());
    close(at, outcomeOf(error), error);
    if (to != null) {
      to.fail(owner.bodyError(failure));
    } else {
      owner.failed(failure);
    }
  }

  private void close(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    if (!ended) {
      lease.close();
      if (upload.fail() && upload.headWritten()) {
        wroteRequest(at, new IOException("the response was abandoned"));
      }
      end(at, outcome, error, bytes());
    }
  }

  private void end(long at, RoundTripOutcome outcome, @Nullable Throwable error, ByteCounts bytes) {
    ended = true;
    headerTimer.stop();
    graceTimer.stop();
    if (context.trace().enabled()) {
      context.trace().roundTripDone(at, connection, RoundTripDoneInfo.of(outcome, bytes, error));
    }
    owner.ended();
  }

  private ByteCounts bytes() {
    if (!context.trace().enabled()) {
      return ByteCounts.NONE;
    }
    SubscriberReader from = reader;
    return ByteCounts.of(
        codec.wireSent(),
        codec.wireReceived(),
        upload.count(),
        from == null ? 0 : from.delivered());
  }

  private static RoundTripOutcome outcomeOf(Throwable error) {
    if (error instanceof HttpTimeoutException) {
      return RoundTripOutcome.TIMED_OUT;
    }
    return error instanceof CancellationException
        ? RoundTripOutcome.CANCELLED
        : RoundTripOutcome.FAILED;
  }
}
