package io.httptrace.client.exchange;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.client.body.SubscriberReader;
import io.httptrace.client.exchange.ExchangeFailure.Step;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.Clock;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.Lease;
import io.httptrace.client.pool.Lease.Fate;
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
  private static final int SWITCHING_PROTOCOLS = 101;

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
  private final ExchangeHooks hooks;
  private final Interim interim;
  private final Inflow inflow;

  private Clock.Timer headerTimer = Clock.Timer.NONE;
  private Clock.Timer graceTimer = Clock.Timer.NONE;
  private Step step = Step.WRITING;
  private boolean begun;
  private boolean answered;
  private Fate fate = Fate.CLOSE;
  private boolean ended;

  private @Nullable Throwable writeError;
  private @Nullable Runnable afterWriting;

  /** Why the codec was told to stop: a write that fails by that has failed for this reason. */
  private volatile @Nullable Throwable aborted;

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
    this.hooks = new ExchangeHooks(context.trace(), lease.connection().id());
    this.interim = new Interim(context.settings(), hooks, head, lease.protocol());
    this.inflow = new Inflow(context.strand(), owner, new Source());
    this.arrivals =
        new Arrivals(
            this,
            context,
            head.hasBody(),
            head.hasBody()
                || context.trace().enabled()
                || context.settings().responseHeaderNanos() > 0);
    this.upload = new Upload(this, context, codec, arrivals, publisher, head.contentLength());
  }

  /** Begins. On the strand. */
  public void begin() {
    if (!stopped()) {
      hooks.gotConn(lease);
    }
    if (!stopped()) {
      begun = true;
      codec.begin(head, arrivals);
    }
  }

  /**
   * {@return whether all that is left to be done is the end} A hook may have taken so long that the
   * request was stopped meanwhile: who stops it sees to its end.
   */
  private boolean stopped() {
    return ended || aborted != null || context.strand().interrupted();
  }

  /** {@return whether the calling thread runs the publisher of its body} */
  public boolean runsHere() {
    return upload.runsHere();
  }

  // ---- The request ----

  void headWritten(long at) {
    if (stopped() || upload.headWritten()) {
      return;
    }
    upload.begin();
    hooks.wroteHeaders(at, head);
    if (stopped()) {
      return;
    }
    if (!head.hasBody() || !head.expectContinue()) {
      upload.send();
      return;
    }
    long limit = context.settings().expectContinueNanos();
    if (limit == 0 && lease.protocol().skipsContinueWithoutLimit()) {
      upload.send();
      return;
    }
    hooks.wait100Continue();
    upload.awaitContinue(limit);
  }

  /** Content has been written. On any thread. */
  void contentWritten() {
    upload.contentWritten();
  }

  void requestWritten(long at) {
    if (!stopped() && upload.written()) {
      hooks.wroteRequest(at, null);
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

  void writeFailed(long at, Throwable found) {
    if (ended || !upload.fail()) {
      return;
    }
    Throwable reason = aborted;
    Throwable error = reason == null ? PlainErrors.of(found) : reason;
    hooks.wroteRequest(at, error);
    if (step != Step.READING_BODY) {
      writeError = error;
      graceTimer =
          context
              .clock()
              .schedule(
                  () -> context.strand().execute(() -> failed(hooks.now(), error)),
                  RESPONSE_GRACE_NANOS);
    }
    proceedAfterWriting();
  }

  /** The source of the body has failed. On any thread. */
  void publisherFailed(Throwable error) {
    long at = hooks.now();
    context
        .strand()
        .execute(
            () -> {
              if (ended) {
                return;
              }
              if (upload.fail()) {
                hooks.wroteRequest(at, error);
              }
              finish(at, error);
            });
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
    if (!stopped()) {
      answered = true;
      hooks.gotFirstResponseByte(at);
    }
  }

  void informational(long at, ResponseHead response) {
    if (stopped()) {
      return;
    }
    Throwable refused = interim.take(at, response, this::stopped, this::release);
    if (refused != null && !stopped()) {
      finish(at, refused);
    }
  }

  private void release() {
    if (!stopped() && upload.headWritten()) {
      upload.send();
    }
  }

  void head(long at, ResponseHead response) {
    if (stopped()) {
      return;
    }
    step = Step.READING_BODY;
    headerTimer.stop();
    graceTimer.stop();
    if (upload.leaveUnsent()) {
      hooks.wroteRequest(at, null);
      if (stopped()) {
        return;
      }
    }
    hooks.gotResponse(at, response);
    fate = fateAfter(response);
    inflow.head(response);
  }

  /** {@return what becomes of the connection when the response has been read to its end} */
  private Fate fateAfter(ResponseHead response) {
    if (response.status() == SWITCHING_PROTOCOLS) {
      return owner.takesConnection() ? Fate.SWITCHED : Fate.CLOSE;
    }
    return head.keepAlive() && response.reusable() ? Fate.REUSE : Fate.CLOSE;
  }

  void content(ByteBuffer content) {
    if (!stopped()) {
      inflow.content(content);
    }
  }

  void end() {
    if (!stopped()) {
      inflow.end();
    }
  }

  /** The facts that came together have all been told. */
  void flush() {
    if (!stopped()) {
      inflow.flush();
    }
  }

  /** What the delivery of the response needs. */
  private final class Source implements SubscriberReader.Source {
    @Override
    public void read() {
      codec.read();
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
    public void cancelling() {
      abandonIfShared();
    }

    @Override
    public void cancelled() {
      close(hooks.now(), RoundTripOutcome.ABANDONED, null);
      owner.delivered();
    }

    @Override
    public void failed(Throwable error) {
      close(hooks.now(), RoundTripOutcome.FAILED, error);
      owner.bodyFailed(error);
      owner.delivered();
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
      owner.delivered();
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
      hooks.wroteRequest(
          hooks.now(), new IOException("the response was complete before the request"));
      proceedAfterWriting();
    }
  }

  private void settleNow() {
    ByteCounts bytes = bytes();
    if (!upload.isWritten()) {
      abandon();
    } else if (fate == Fate.REUSE) {
      giveBack();
    } else {
      lease.release(fate);
    }
    end(hooks.now(), RoundTripOutcome.COMPLETED, null, bytes);
  }

  private void giveBack() {
    IOException refused = null;
    if (hooks.enabled() && lease.protocol().tellsPutIdleConn()) {
      refused = lease.reserve();
      hooks.putIdleConn(refused);
    }
    lease.release(refused == null ? Fate.REUSE : Fate.CLOSE);
  }

  /** Ends the exchange on the connection before its time, if it is still under way there. */
  private void abandon() {
    codec.abort(arrivals);
    lease.release(head.keepAlive() ? Fate.ABANDONED : Fate.CLOSE);
  }

  /**
   * The exchange is about to be abandoned: others need not wait for the strand to get a stream of a
   * connection that is shared. On any thread.
   */
  private void abandonIfShared() {
    if (lease.shared()) {
      abandon();
    }
  }

  void failed(long at, Throwable found) {
    Throwable error = PlainErrors.of(found);
    if (!ended && !inflow.complete()) {
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
    aborted = error;
    if (error instanceof HttpTimeoutException) {
      codec.outOfTime();
    }
    codec.abort(arrivals);
    abandonIfShared();
    long at = hooks.now();
    context.strand().execute(() -> finish(at, error));
  }

  private void finish(long at, Throwable error) {
    if (ended) {
      inflow.hurry();
      return;
    }
    boolean awaitingContinue = upload.leaveUnsent();
    boolean wasWriting = awaitingContinue || (upload.fail() && upload.headWritten());
    if (wasWriting) {
      hooks.wroteRequest(at, awaitingContinue ? null : error);
    }
    ExchangeFailure failure = new ExchangeFailure(error, step, answered, upload.headWritten());
    close(at, ExchangeHooks.outcomeOf(error), error);
    if (inflow.responded()) {
      Throwable told = owner.bodyError(failure);
      inflow.fail(
          told,
          aborted != null,
          () -> {
            owner.bodyFailed(told);
            owner.delivered();
          });
    } else {
      owner.failed(failure);
    }
  }

  private void close(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    if (!ended) {
      if (begun) {
        abandon();
      } else {
        lease.release(head.keepAlive() ? Fate.REUSE : Fate.CLOSE);
      }
      if (upload.fail() && upload.headWritten()) {
        hooks.wroteRequest(at, new IOException("the response was abandoned"));
      }
      end(at, outcome, error, bytes());
    }
  }

  private void end(long at, RoundTripOutcome outcome, @Nullable Throwable error, ByteCounts bytes) {
    ended = true;
    headerTimer.stop();
    graceTimer.stop();
    hooks.roundTripDone(at, outcome, bytes, error);
  }

  private ByteCounts bytes() {
    if (!hooks.enabled()) {
      return ByteCounts.NONE;
    }
    return ByteCounts.of(
        codec.wireSent(), codec.wireReceived(), upload.count(), inflow.delivered());
  }
}
