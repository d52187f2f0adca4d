package io.httptrace.client.exchange;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.client.concurrent.Clock;
import io.httptrace.client.exchange.ResponseDelivery.Next;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.PlainErrors;
import io.httptrace.client.pool.Lease;
import io.httptrace.client.pool.Lease.Fate;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on one connection: the hooks around the bytes of an {@link
 * ExchangeCodec}.
 *
 * <p>The request is in a {@link RequestWriter.State}, the response in a {@link ResponsePhase},
 * where it is written which go together. All of it belongs to the strand of the call, and all hooks
 * run there; what is called from elsewhere says so.
 */
public final class Exchange {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ExchangeContext context;
  private final RequestHead head;
  private final Lease lease;
  private final ExchangeOwner owner;

  /** What the request is written in; what the response comes in may be another one. */
  private final Protocol protocol;

  private final ExchangeCodec codec;
  private final ExchangeHooks hooks;
  private final EventTimes times;
  private final EventForwarder events;
  private final RequestWriter upload;

  private ResponsePhase phase = ResponsePhase.NEW;
  private @Nullable InformationalResponses informational;
  private @Nullable ResponseDelivery delivery;
  private Fate fate = Fate.CLOSE; // of the connection, once the response has been read
  private boolean settling; // the end of the response waits for the request to be written
  private boolean ownerTold;
  private @Nullable Throwable writeError;
  private Clock.Timer headerTimer = Clock.Timer.NONE;
  private Clock.Timer graceTimer = Clock.Timer.NONE;

  /** Why the codec was told to stop: a write that fails by that has failed for this reason. */
  private volatile @Nullable Throwable aborted;

  /** Makes an exchange of a request, with its body or null for none, and a connection. */
  public Exchange(
      ExchangeContext context,
      RequestHead head,
      @Nullable BodyPublisher publisher,
      Lease lease,
      ExchangeOwner owner) {
    this.context = context;
    this.head = head;
    this.lease = lease;
    this.owner = owner;
    this.protocol = lease.protocol();
    this.codec = lease.codec();
    this.hooks = new ExchangeHooks(context.trace(), lease.connection().id());
    this.times = EventTimes.of(context.trace(), lease.connection().readTime());
    this.events = new EventForwarder(this, context, times, head.hasBody());
    this.upload = new RequestWriter(this, context, hooks, head, publisher);
  }

  /** Begins. On the strand. */
  public void begin() {
    if (!stopped()) {
      long at = hooks.now();
      times.begin(at);
      hooks.gotConn(at, lease);
    }
    if (!stopped()) {
      enter(ResponsePhase.AWAITING_RESPONSE);
      upload.begin(codec, events);
    }
  }

  private void enter(ResponsePhase next) {
    if (phase.isBefore(next)) {
      phase = next;
      assert next.allows(upload.state());
    }
  }

  Protocol protocol() {
    return protocol;
  }

  ResponsePhase phase() {
    return phase;
  }

  RequestWriter upload() {
    return upload;
  }

  /**
   * {@return whether all that is left to be done is the end} A hook may have taken so long that the
   * request was stopped meanwhile: who stops it sees to its end.
   */
  boolean stopped() {
    return phase == ResponsePhase.ENDED || aborted != null || context.strand().interrupted();
  }

  /** {@return whether the calling thread runs the publisher of its body} */
  public boolean runsHere() {
    return upload.runsHere();
  }

  // ---- The request ----

  /** Writes parts of the body. On any thread. */
  void writeBody(List<ByteBuffer> content) {
    codec.write(content, events);
  }

  /** Writes the end of the body. On any thread. */
  void finishBody() {
    codec.finish(events);
  }

  void requestWritten(long at) {
    if (!stopped() && upload.written(at)) {
      long limit = context.settings().responseHeaderNanos();
      if (phase.isBefore(ResponsePhase.RECEIVING_BODY) && limit > 0) {
        Runnable timeOut =
            () -> abort(new HttpTimeoutException("timed out waiting for the response"));
        headerTimer = context.clock().schedule(timeOut, limit);
      }
      requestSettled();
    }
  }

  void writeFailed(long at, Throwable found) {
    Throwable reason = aborted;
    Throwable error = reason == null ? PlainErrors.of(found) : reason;
    if (phase != ResponsePhase.ENDED && upload.fail(at, error)) {
      if (phase.isBefore(ResponsePhase.RECEIVING_BODY)) {
        writeError = error;
        graceTimer = context.afterResponseGrace(() -> failed(hooks.now(), error));
      }
      requestSettled();
    }
  }

  /** The publisher of the body has failed. */
  void publisherFailed(long at, Throwable error) {
    if (phase != ResponsePhase.ENDED) {
      upload.fail(at, error);
      finish(at, error);
    }
  }

  private void requestSettled() {
    if (settling && delivery != null) {
      settle(delivery);
    }
  }

  // ---- The response ----

  void firstByte(long at) {
    if (!stopped()) {
      enter(ResponsePhase.RECEIVING_HEAD);
      hooks.gotFirstResponseByte(at);
    }
  }

  void informational(long at, ResponseHead response) {
    if (stopped()) {
      return;
    }
    if (informational == null) {
      informational = new InformationalResponses(context.settings(), hooks, head, protocol);
    }
    Throwable refused = informational.take(at, response, this::stopped, upload::release);
    if (refused != null && !stopped()) {
      finish(at, refused);
    }
  }

  void head(long at, ResponseHead response) {
    if (stopped()) {
      return;
    }
    enter(ResponsePhase.RECEIVING_BODY);
    headerTimer.stop();
    graceTimer.stop();
    if (upload.leaveUnsent(at) && stopped()) {
      return;
    }
    hooks.gotResponse(at, response);
    if (response.status() == SWITCHING_PROTOCOLS) {
      fate = owner.takesConnection() ? Fate.SWITCHED : Fate.CLOSE;
    } else if (head.keepAlive() && response.reusable()) {
      fate = Fate.REUSE;
    }
    delivery = new BodySubscription(this, context.strand(), response, owner).delivery();
  }

  void content(ByteBuffer content) {
    if (!stopped() && delivery != null) {
      delivery.offer(content);
    }
  }

  void end() {
    if (!stopped() && delivery != null) {
      enter(ResponsePhase.RECEIVED);
      delivery.end();
    }
  }

  /** The events that came together have all been told. */
  void flush() {
    if (!stopped() && delivery != null) {
      proceed(delivery, delivery.readComplete());
    }
  }

  /** Does what the delivery of the response needs. */
  void proceed(ResponseDelivery of, Next first) {
    Next next = first;
    while (next == Next.WANTS_MORE) {
      codec.read();
      next = of.advance();
    }
    if (next == Next.AT_END) {
      settle(of);
    } else if (next == Next.END_UNASKED) {
      graceTimer = context.afterEndGrace(() -> proceed(of, of.endUnasked()));
    } else if (next == Next.CANCELLED) {
      close(hooks.now(), RoundTripOutcome.ABANDONED, null);
      delivered();
    } else if (next == Next.BROKEN) {
      close(hooks.now(), RoundTripOutcome.FAILED, of.error());
      owner.bodyFailed(of.error());
      delivered();
    }
  }

  /** There is nothing more of the response to be delivered. */
  private void delivered() {
    if (!ownerTold) {
      ownerTold = true;
      owner.delivered();
    }
  }

  // ---- The end ----

  /**
   * The response has been read to its end: gives the connection back, and then delivers the rest.
   * If the request is still being written, waits for that a little.
   */
  private void settle(ResponseDelivery of) {
    if (!upload.settled()) {
      settling = true;
      graceTimer = context.afterWriterGrace(this::giveUpWriting);
      return;
    }
    if (phase != ResponsePhase.ENDED) {
      ByteCounts bytes = bytes();
      long at = hooks.now();
      releaseConnection(at);
      ended(at, RoundTripOutcome.COMPLETED, null, bytes);
    }
    proceed(of, of.settled());
    delivered();
  }

  private void giveUpWriting() {
    IOException reason = new IOException("the response was complete before the request");
    if (phase != ResponsePhase.ENDED && upload.fail(hooks.now(), reason)) {
      requestSettled();
    }
  }

  /** Lets go of the connection, after a response that is complete. */
  private void releaseConnection(long at) {
    if (!upload.isWritten()) {
      abandon();
    } else if (fate == Fate.REUSE && hooks.enabled() && lease.protocol().tellsPutIdleConn()) {
      IOException refused = lease.reserve();
      hooks.putIdleConn(at, refused);
      lease.release(refused == null ? Fate.REUSE : Fate.CLOSE);
    } else {
      lease.release(fate);
    }
  }

  /** Ends the exchange on the connection before its time, if it is still under way there. */
  private void abandon() {
    codec.abort(events);
    lease.release(head.keepAlive() ? Fate.ABANDONED : Fate.CLOSE);
  }

  /**
   * The exchange is about to be abandoned: others need not wait for the strand to get a stream of a
   * connection that is shared. On any thread.
   */
  void abandonIfShared() {
    if (lease.shared()) {
      abandon();
    }
  }

  void failed(long at, Throwable found) {
    Throwable error = PlainErrors.of(found);
    if (phase.isBefore(ResponsePhase.RECEIVED)) {
      Throwable first = writeError == null ? error : writeError;
      if (first != error) {
        first.addSuppressed(error);
      }
      finish(at, first);
    }
  }

  /** Ends the exchange with an error, if it has not ended. On any thread. */
  public void abort(Throwable error) {
    aborted = error;
    if (error instanceof HttpTimeoutException) {
      codec.outOfTime();
    }
    codec.abort(events);
    abandonIfShared();
    long at = hooks.now();
    context.strand().execute(() -> finish(at, error));
  }

  private void finish(long at, Throwable error) {
    ResponseDelivery of = delivery;
    if (phase == ResponsePhase.ENDED) {
      if (of != null) {
        proceed(of, of.hurry());
      }
      return;
    }
    if (!upload.leaveUnsent(at)) {
      upload.giveUp(at, error);
    }
    boolean answered = !phase.isBefore(ResponsePhase.RECEIVING_HEAD);
    ExchangeFailure failure =
        new ExchangeFailure(error, phase.step(upload.isWritten()), answered, upload.isBegun());
    close(at, ExchangeFailure.outcomeOf(error), error);
    if (of != null && of.responded()) {
      proceed(of, of.fail(owner.bodyError(failure), aborted != null));
    } else {
      owner.failed(failure);
    }
  }

  private void close(long at, RoundTripOutcome outcome, @Nullable Throwable error) {
    if (phase == ResponsePhase.ENDED) {
      return;
    } else if (phase == ResponsePhase.NEW) {
      lease.release(head.keepAlive() ? Fate.REUSE : Fate.CLOSE);
    } else {
      abandon();
    }
    if (!upload.settled()) {
      upload.giveUp(at, new IOException("the response was abandoned"));
    }
    ended(at, outcome, error, bytes());
  }

  private void ended(
      long at, RoundTripOutcome outcome, @Nullable Throwable error, ByteCounts bytes) {
    enter(ResponsePhase.ENDED);
    times.end();
    headerTimer.stop();
    graceTimer.stop();
    hooks.roundTripDone(at, outcome, bytes, error);
  }

  private ByteCounts bytes() {
    long read = delivery == null ? 0 : delivery.delivered();
    return hooks.enabled()
        ? ByteCounts.of(codec.wireSent(), codec.wireReceived(), upload.count(), read)
        : ByteCounts.NONE;
  }
}
