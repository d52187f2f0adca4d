package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.timeline.Timeline;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the traces of one client's calls come from. Immutable: an adapter makes one, lets the
 * application add to it by {@link #clientTrace} and {@link #onTimeline}, and keeps it as long as
 * the client.
 *
 * @param <R> the client's type of a request
 */
public final class ClientTraces<R> {
  private final SafeLog log;
  private final @Nullable Function<? super R, ? extends @Nullable ClientTrace> clientTrace;
  private final @Nullable TimelineDelivery delivery;

  private ClientTraces(
      SafeLog log,
      @Nullable Function<? super R, ? extends @Nullable ClientTrace> clientTrace,
      @Nullable TimelineDelivery delivery) {
    this.log = log;
    this.clientTrace = clientTrace;
    this.delivery = delivery;
  }

  /**
   * {@return one for the traces that are passed to {@link #hooks}}
   *
   * @param <R> the client's type of a request
   * @param adapter the class whose name the log has in which warnings of exceptions are
   */
  public static <R> ClientTraces<R> create(Class<?> adapter) {
    return create(SafeLog.of(adapter));
  }

  static <R> ClientTraces<R> create(SafeLog log) {
    return new ClientTraces<>(log, null, null);
  }

  /**
   * {@return one that also has a trace for every call of the client} It replaces one set before.
   *
   * @param trace returns the trace of a call, or null for none; called by {@link #hooks}
   */
  public ClientTraces<R> clientTrace(Function<? super R, ? extends @Nullable ClientTrace> trace) {
    return new ClientTraces<>(log, requireNonNull(trace, "trace"), delivery);
  }

  /**
   * {@return one that also records every call of the client} It replaces a consumer set before.
   *
   * @param consumer gets the timeline of each call, where {@link CallHooks#end} is called. Its
   *     first exception is logged; none is passed on.
   */
  public ClientTraces<R> onTimeline(Consumer<? super Timeline> consumer) {
    return new ClientTraces<>(
        log, clientTrace, new TimelineDelivery(log, requireNonNull(consumer, "consumer")));
  }

  /**
   * {@return the hooks of a new call; null if nobody listens to it} To be asked for once for each
   * call, where it begins, before its first hook. If nobody listens, nothing is allocated and no
   * clock is read.
   *
   * <p>All traces are called, in this order: {@code own}, {@code sentIn}, that of {@link
   * #clientTrace}, and the recorder behind {@link #onTimeline}. The parts of a composed trace are
   * called one by one, and the same instance once only, where it comes first.
   *
   * <p>What the function of {@code clientTrace} throws is thrown here.
   *
   * @param request the request as the client has it
   * @param own the trace of the request itself, such as that of its tag or attribute; null if it
   *     has none
   * @param sentIn the trace of the {@link TraceContext} that was {@linkplain TraceContext#current()
   *     current} where the call was sent, which may be on another thread than this; null if none
   *     was
   */
  public @Nullable CallHooks hooks(
      R request, @Nullable ClientTrace own, @Nullable ClientTrace sentIn) {
    requireNonNull(request, "request");
    ClientTrace clients = clientTrace == null ? null : clientTrace.apply(request);
    if (own == null && sentIn == null && clients == null && delivery == null) {
      return null;
    }
    if (own != null && sentIn == null && clients == null && delivery == null) {
      // What most traced calls have, with less to allocate.
      return new CallHooks(log, TraceContext.empty().withClientTrace(own).clientTraces(), null);
    }
    TimelineDelivery.Recording recording = delivery == null ? null : delivery.begin();
    TraceContext context =
        recording == null
            ? TraceContext.empty()
            : TraceContext.empty().withClientTrace(recording.recorder());
    for (ClientTrace trace : new @Nullable ClientTrace[] {clients, sentIn, own}) {
      context = trace == null ? context : context.withClientTrace(trace);
    }
    return new CallHooks(log, context.clientTraces(), recording);
  }

  /** {@return what has been set} */
  @Override
  public String toString() {
    return "ClientTraces["
        + (clientTrace == null ? "" : "clientTrace")
        + (clientTrace == null || delivery == null ? "" : " ")
        + (delivery == null ? "" : "onTimeline")
        + "]";
  }
}
