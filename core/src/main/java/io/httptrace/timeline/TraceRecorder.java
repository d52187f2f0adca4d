package io.httptrace.timeline;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A trace that records calls and makes a {@link Timeline} of each.
 *
 * <p>Hooks may come from any number of threads, in any order, repeated, late or not at all; the
 * timeline stays consistent. It can be made at any time, also during the request. Usually a
 * recorder is for one request. {@link EventStamp#requestId()} keeps several apart; if a client does
 * not set it, all events count as those of one request.
 *
 * <p>{@link EventStamp#current()} says when an event happened, and to which round trip and
 * connection it belongs. What a client does not say there is inferred from the order of the events.
 *
 * <p>At most {@link Builder#maxEvents} events are kept, of all requests together. Later events, of
 * an endless chain of redirects for instance, are dropped, and the timeline {@linkplain
 * Timeline#droppedEvents() says} how many are missing.
 */
public final class TraceRecorder implements ClientTrace {
  private final EventLog log;

  /** Makes a recorder that reads the system's clocks and keeps 10,000 events. */
  public TraceRecorder() {
    this(builder());
  }

  private TraceRecorder(Builder builder) {
    this.log =
        new EventLog(builder.nanoTime, builder.wallClock, builder.maxEvents, builder.listener);
  }

  /** {@return a builder of a recorder with other clocks or another limit} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the timeline, so far, of the request that began last; one without events if there is
   * none} If several requests were recorded, the others are in {@link #timelines()} only. A phase
   * that has not ended yet is {@link PhaseOutcome#IN_PROGRESS}, up to this moment.
   */
  public Timeline timeline() {
    EventLog.Snapshot all = log.snapshot();
    List<Long> requests = all.requests();
    return TimelineBuilder.build(
        requests.size() < 2 ? all : all.of(requests.get(requests.size() - 1)));
  }

  /**
   * {@return a timeline, so far, for each request that has been recorded, in the order in which
   * they began; unmodifiable} There is one even if the recorder was full and kept no event of the
   * request; it says {@linkplain Timeline#droppedEvents() how many} are missing.
   */
  public List<Timeline> timelines() {
    EventLog.Snapshot all = log.snapshot();
    return all.requests().stream().map(all::of).map(TimelineBuilder::build).toList();
  }

  /** Sets what a recorder reads and how much it keeps. Not safe for use by several threads. */
  public static final class Builder {
    private LongSupplier nanoTime = System::nanoTime;
    private InstantSource wallClock = InstantSource.system();
    private int maxEvents = 10_000;
    private @Nullable Consumer<TraceEvent> listener;

    private Builder() {}

    /**
     * Sets the monotonic clock: {@link System#nanoTime} unless set. It must be the clock that the
     * client takes its {@linkplain EventStamp#nanoTime() stamps} from.
     *
     * @param clock returns nanoseconds
     * @return this builder
     */
    public Builder nanoTime(LongSupplier clock) {
      this.nanoTime = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets the wall clock, which is read once: the system's unless set.
     *
     * @param clock the clock
     * @return this builder
     */
    public Builder wallClock(InstantSource clock) {
      this.wallClock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how many events are kept: 10,000 unless set.
     *
     * @param limit the limit; at least 1
     * @return this builder
     * @throws IllegalArgumentException if the limit is less than 1
     */
    public Builder maxEvents(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("limit: " + limit);
      }
      this.maxEvents = limit;
      return this;
    }

    /**
     * Sets a listener that gets each event when it has been recorded, or dropped because the
     * recorder is full; none unless set.
     *
     * <p>The listener is called inside the hook, so the rules for hooks hold: any thread, several
     * at a time, also after the end. The {@linkplain TraceEvent#offset() offset} it sees is from
     * the event that was recorded first, and is zero for one that happened before that; in a
     * timeline it is from the event that happened first.
     *
     * @param consumer takes the events
     * @return this builder
     */
    public Builder listener(Consumer<TraceEvent> consumer) {
      this.listener = requireNonNull(consumer, "consumer");
      return this;
    }

    /** {@return a recorder} */
    public TraceRecorder build() {
      return new TraceRecorder(this);
    }

    /** {@return the limit} */
    @Override
    public String toString() {
      return "TraceRecorder.Builder[maxEvents=" + maxEvents + "]";
    }
  }

  /** {@return whether there is no listener, which might block} */
  @Override
  public boolean nonBlocking() {
    return !log.hasListener();
  }

  // The hooks. Null arguments are refused here, where the client that passes them can see it.

  @Override
  public void getConn(String hostPort) {
    requireNonNull(hostPort, "hostPort");
    log.add(Hook.GET_CONN, hostPort, null, null);
  }

  @Override
  public void gotConn(GotConnInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.GOT_CONN, info, null, null);
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    log.add(Hook.PUT_IDLE_CONN, error, null, null);
  }

  @Override
  public void gotFirstResponseByte() {
    log.add(Hook.GOT_FIRST_RESPONSE_BYTE, null, null, null);
  }

  @Override
  public void got100Continue() {
    log.add(Hook.GOT_100_CONTINUE, null, null, null);
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    Map<String, List<String>> copy = Headers.copy(header);
    log.add(Hook.GOT_1XX_RESPONSE, code, copy, null);
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.DNS_START, info, null, null);
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.DNS_DONE, info, null, null);
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    requireNonNull(network, "network");
    requireNonNull(addr, "addr");
    log.add(Hook.CONNECT_START, network, addr, null);
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    requireNonNull(network, "network");
    requireNonNull(addr, "addr");
    log.add(Hook.CONNECT_DONE, network, addr, error);
  }

  @Override
  public void tlsHandshakeStart() {
    log.add(Hook.TLS_HANDSHAKE_START, null, null, null);
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    log.add(Hook.TLS_HANDSHAKE_DONE, state, error, null);
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    requireNonNull(key, "key");
    List<String> copy = List.copyOf(value);
    log.add(Hook.WROTE_HEADER_FIELD, key, copy, null);
  }

  @Override
  public void wroteHeaders() {
    log.add(Hook.WROTE_HEADERS, null, null, null);
  }

  @Override
  public void wait100Continue() {
    log.add(Hook.WAIT_100_CONTINUE, null, null, null);
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.WROTE_REQUEST, info, null, null);
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.ROUND_TRIP_START, info, null, null);
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    requireNonNull(reason, "reason");
    log.add(Hook.CONN_WAIT_START, reason, null, null);
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    requireNonNull(addr, "addr");
    log.add(Hook.PROXY_CONNECT_START, addr, null, null);
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    log.add(Hook.PROXY_CONNECT_DONE, status, error, null);
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.GOT_RESPONSE, info, null, null);
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    requireNonNull(info, "info");
    log.add(Hook.ROUND_TRIP_DONE, info, null, null);
  }

  /** {@return how many events are kept} */
  @Override
  public String toString() {
    return "TraceRecorder[" + log.size() + " events]";
  }
}
