package io.httptrace.timeline;

import io.httptrace.ConnWaitReason;
import io.httptrace.TlsConnectionState;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A part of a round trip, or of a dial, with a start and an end. Phases of one round trip can
 * overlap. A phase that did not happen does not exist.
 *
 * <p>A property that only some kinds have is null, or empty, for the others.
 */
public final class Phase {
  private final PhaseDraft draft;
  private final PhaseKind kind;
  private final long end;
  private final PhaseOutcome outcome;
  private final @Nullable Throwable error;
  private final boolean abandoned;

  private Phase(
      PhaseDraft draft,
      PhaseKind kind,
      long end,
      PhaseOutcome outcome,
      @Nullable Throwable error,
      boolean abandoned) {
    this.draft = draft;
    this.kind = kind;
    this.end = end;
    this.outcome = outcome;
    this.error = error;
    this.abandoned = abandoned;
  }

  /** A phase that ended by itself. The draft must not change any more. */
  static Phase ended(PhaseDraft draft, PhaseKind kind, boolean abandoned) {
    PhaseOutcome outcome = draft.error() == null ? PhaseOutcome.DONE : PhaseOutcome.FAILED;
    return new Phase(draft, kind, draft.end(), outcome, draft.error(), abandoned);
  }

  /** A phase that was still open at {@code end}. The draft is seen as it was at that moment. */
  static Phase open(PhaseDraft draft, PhaseKind kind, EndOfRoundTrip closing, boolean abandoned) {
    return new Phase(
        draft.stillOpen(),
        kind,
        Math.max(draft.start(), closing.at()),
        closing.outcome(),
        abandoned ? null : closing.error(),
        abandoned);
  }

  /** {@return the kind of phase} */
  public PhaseKind kind() {
    return kind;
  }

  /** {@return the start, from the start of the timeline} */
  public Duration start() {
    return Duration.ofNanos(draft.start());
  }

  /** {@return the end, from the start of the timeline; never before {@link #start()}} */
  public Duration end() {
    return Duration.ofNanos(end);
  }

  /** {@return how long it took; never negative} */
  public Duration duration() {
    return Duration.ofNanos(end - draft.start());
  }

  /** {@return how it ended} */
  public PhaseOutcome outcome() {
    return outcome;
  }

  /**
   * {@return what it failed with} For {@link PhaseOutcome#CUT} it is the error of the round trip,
   * if that failed; otherwise null unless {@link PhaseOutcome#FAILED}.
   */
  public @Nullable Throwable error() {
    return error;
  }

  /** {@return for {@link PhaseKind#QUEUE}, what the request waited for} */
  public @Nullable ConnWaitReason waitReason() {
    return draft.waitReason();
  }

  /** {@return for {@link PhaseKind#DNS}, the name that was looked up} */
  public @Nullable String host() {
    return draft.host();
  }

  /** {@return for {@link PhaseKind#DNS}, the addresses found, unmodifiable} */
  public List<InetAddress> addresses() {
    return draft.addresses();
  }

  /** {@return for {@link PhaseKind#DNS}, whether the lookup was shared with another request} */
  public boolean coalesced() {
    return draft.coalesced();
  }

  /**
   * {@return for {@link PhaseKind#DNS}, who was asked, as {@link
   * io.httptrace.DnsDoneInfo#resolver()} says; null if that is not known}
   */
  public @Nullable String resolver() {
    return draft.resolver();
  }

  /**
   * {@return for {@link PhaseKind#CONNECT}, the address of the attempt; for {@link
   * PhaseKind#PROXY_CONNECT}, that of the proxy}
   */
  public @Nullable SocketAddress address() {
    return draft.address();
  }

  /**
   * {@return for {@link PhaseKind#TLS} and {@link PhaseKind#PROXY_TLS}, what was negotiated; null
   * unless it is {@link PhaseOutcome#DONE}}
   */
  public @Nullable TlsConnectionState tls() {
    return draft.tls();
  }

  /** {@return for {@link PhaseKind#PROXY_CONNECT}, the proxy's answer; empty if there was none} */
  public OptionalInt proxyStatus() {
    int status = draft.proxyStatus();
    return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** {@return the connection that was dialled or used; empty if it is not known} */
  public OptionalLong connectionId() {
    long id = draft.connectionId();
    return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
  }

  /**
   * {@return whether this belongs to an abandoned dial} In a round trip: the round trip got another
   * connection. In a {@link ConnectionRecord}: see {@link ConnectionRecord#abandoned()}.
   */
  public boolean abandoned() {
    return abandoned;
  }

  /** {@return kind, outcome and duration, and the masked error if there is one} */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s %.3fms%s",
        kind,
        outcome,
        (end - draft.start()) / 1e6,
        error == null ? "" : " " + Redaction.MASK_SECRETS.error(error));
  }
}
