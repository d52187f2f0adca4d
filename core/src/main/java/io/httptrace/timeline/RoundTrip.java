package io.httptrace.timeline;

import io.httptrace.ByteCounts;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One round trip of a request. Immutable.
 *
 * <p>A value that the client did not report is null or empty, never zero.
 */
public final class RoundTrip {
  private final int number;
  private final @Nullable RoundTripStartInfo startInfo;
  private final @Nullable String hostPort;
  private final @Nullable String proxy;
  private final long start;
  private final EndOfRoundTrip closing;
  private final @Nullable RoundTripOutcome outcome;
  private final List<Phase> phases;
  private final FailurePoint failurePoint;
  private final @Nullable ConnectionUse connection;
  private final List<HeaderField> requestHeaders;
  private final List<InformationalResponse> informational;
  private final @Nullable GotResponseInfo response;
  private final @Nullable RoundTripDoneInfo done;
  private final RoundTripDurations durations;

  RoundTrip(
      RoundTripDraft draft,
      EndOfRoundTrip closing,
      List<Phase> phases,
      FailurePoint failurePoint,
      @Nullable ConnectionUse connection,
      RoundTripDurations durations) {
    this.number = draft.number();
    this.startInfo = draft.startInfo();
    this.hostPort = draft.hostPort();
    this.proxy = draft.connectsToProxy() ? draft.hostPort() : null;
    this.start = draft.start();
    this.closing = closing;
    this.outcome = draft.outcome();
    this.phases = List.copyOf(phases);
    this.failurePoint = failurePoint;
    this.connection = connection;
    this.requestHeaders = List.copyOf(draft.requestHeaders());
    this.informational = List.copyOf(draft.informational());
    this.response = draft.response();
    this.done = draft.done();
    this.durations = durations;
  }

  /** {@return its number within the request, from 1} */
  public int number() {
    return number;
  }

  /** {@return why it was made; null if the client did not say} */
  public @Nullable RoundTripReason reason() {
    return startInfo == null ? null : startInfo.reason();
  }

  /** {@return the method; null if the client did not say} */
  public @Nullable String method() {
    return startInfo == null ? null : startInfo.method();
  }

  /**
   * {@return the target as text; null if the client did not say}
   *
   * @param redaction whether secrets in it are masked
   */
  public @Nullable String uri(Redaction redaction) {
    URI uri = startInfo == null ? null : startInfo.uri();
    return uri == null ? null : redaction.uri(uri);
  }

  /** {@return {@code host:port} of the target or the proxy, as {@code getConn} said it; or null} */
  public @Nullable String hostPort() {
    return hostPort;
  }

  /**
   * {@return {@code host:port} of the proxy it went through; null if it went through none, or if
   * the client did not say where to} It is the {@link #hostPort()} if that is not the target's.
   */
  public @Nullable String proxy() {
    return proxy;
  }

  /** {@return when it started, from the start of the timeline} */
  public Duration start() {
    return Duration.ofNanos(start);
  }

  /**
   * {@return when it ended, from the start of the timeline} If it has not ended: when the timeline
   * was made.
   */
  public Duration end() {
    return Duration.ofNanos(closing.at());
  }

  /** {@return from {@link #start()} to {@link #end()}} */
  public Duration total() {
    return Duration.ofNanos(closing.at() - start);
  }

  /** {@return whether it has ended} */
  public boolean ended() {
    return closing.outcome() == PhaseOutcome.CUT;
  }

  /** {@return how it ended; null if it has not ended, or if that is not known} */
  public @Nullable RoundTripOutcome outcome() {
    return outcome;
  }

  /** {@return what it failed with; null if it did not} */
  public @Nullable Throwable error() {
    return closing.error();
  }

  /**
   * {@return the phase in which it failed; null if it did not fail, or failed in none: see {@link
   * #failedAfter()}}
   *
   * <p>It is the phase whose own error (or a cause of it) the round trip failed with; or else the
   * phase that was {@linkplain PhaseOutcome#CUT cut}, the last one to start if there are several;
   * or else the phase that ended last, if that failed. Phases of abandoned dials, and connect
   * attempts that lost a race, do not count. Not null only if the outcome is {@link
   * RoundTripOutcome#FAILED}, {@link RoundTripOutcome#TIMED_OUT} or {@link
   * RoundTripOutcome#CANCELLED}.
   */
  public @Nullable Phase failedPhase() {
    return failurePoint.in();
  }

  /**
   * {@return if it failed between two phases: the one that had ended last; otherwise null}
   *
   * <p>For instance, a request can be cancelled after a connect and before the handshake begins. If
   * a round trip failed, either this or {@link #failedPhase()} is not null, unless it failed before
   * its first phase. The same phases as there do not count.
   */
  public @Nullable Phase failedAfter() {
    return failurePoint.after();
  }

  /** {@return the phases, by start; unmodifiable} */
  public List<Phase> phases() {
    return phases;
  }

  /**
   * {@return the phases of one kind, by start}
   *
   * @param kind the kind
   */
  public List<Phase> phases(PhaseKind kind) {
    return phases.stream().filter(phase -> phase.kind() == kind).toList();
  }

  /**
   * {@return how well the client can report each hook; null if it does not say}
   *
   * @see #notObservable()
   */
  public @Nullable HookSupport hookSupport() {
    return startInfo == null ? null : startInfo.hookSupport();
  }

  /**
   * {@return the kinds of phases that the client cannot observe, each with the reason, in the order
   * of the kinds; unmodifiable} Such a phase is absent even if it happened. Empty if the client can
   * observe all, or does not {@linkplain #hookSupport() say}.
   */
  public Map<PhaseKind, String> notObservable() {
    HookSupport support = hookSupport();
    Map<PhaseKind, String> reasons = new EnumMap<>(PhaseKind.class);
    if (support != null) {
      for (PhaseKind kind : PhaseKind.values()) {
        for (Hook hook : kind.hooks()) {
          String reason = support.reason(hook);
          if (reason != null && support.level(hook) == HookSupport.Level.NEVER) {
            reasons.putIfAbsent(kind, reason);
          }
        }
      }
    }
    return Collections.unmodifiableMap(reasons);
  }

  /** {@return the connection it got; null if it got none} */
  public @Nullable ConnectionUse connection() {
    return connection;
  }

  /** {@return the header fields of the request, in the order in which they were written} */
  public List<HeaderField> requestHeaders() {
    return requestHeaders;
  }

  /** {@return the informational responses, in the order in which they came; unmodifiable} */
  public List<InformationalResponse> informationalResponses() {
    return informational;
  }

  /** {@return the status of the response; empty if there was none} */
  public OptionalInt status() {
    return response == null ? OptionalInt.empty() : OptionalInt.of(response.status());
  }

  /** {@return the protocol of the response; null if there was none} */
  public @Nullable String protocol() {
    return response == null ? null : response.protocol();
  }

  /**
   * {@return the header fields of the response, unmodifiable; null if there was none}
   *
   * @param redaction whether secrets are masked
   */
  public @Nullable Map<String, List<String>> responseHeaders(Redaction redaction) {
    return response == null ? null : redaction.headers(response.headers());
  }

  /** {@return how many bytes were sent and received; null if the client has not said} */
  public @Nullable ByteCounts bytes() {
    return done == null ? null : done.bytes();
  }

  /**
   * {@return the time from the start of the round trip until it had a connection; null if it got
   * none}
   */
  public @Nullable Duration timeToConnection() {
    return RoundTripDurations.duration(durations.timeToConnection());
  }

  /**
   * {@return the time to connect without TLS: from the first attempt to the end of the one that
   * succeeded} Null unless this round trip dialled the connection it got.
   */
  public @Nullable Duration connectTime() {
    return RoundTripDurations.duration(durations.connect());
  }

  /**
   * {@return the time to connect with TLS: from the first attempt to the end of the last handshake,
   * including a proxy's tunnel} Null without TLS, and unless this round trip dialled the connection
   * it got.
   */
  public @Nullable Duration connectTimeWithTls() {
    return RoundTripDurations.duration(durations.connectWithTls());
  }

  /**
   * {@return the time from the start of the round trip to the first byte of a response, which may
   * be informational} Null if the client did not report that byte.
   */
  public @Nullable Duration timeToFirstByte() {
    return RoundTripDurations.duration(durations.timeToFirstByte());
  }

  /**
   * {@return the time from the last byte of the request to the first of the response: that of the
   * server, and one trip there and back} Null if the response began before the request had been
   * written, or did not begin.
   */
  public @Nullable Duration serverTime() {
    for (Phase phase : phases) {
      if (phase.kind() == PhaseKind.WAIT && phase.outcome() == PhaseOutcome.DONE) {
        return phase.duration();
      }
    }
    return null;
  }

  /** {@return number, reason, method, masked URI, status or outcome, duration and phases} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("#").append(number);
    if (startInfo != null) {
      text.append(' ').append(startInfo.reason());
      text.append(' ').append(startInfo.method());
      text.append(' ').append(Redaction.MASK_SECRETS.uri(startInfo.uri()));
    }
    if (response != null) {
      text.append(' ').append(response.status());
    }
    text.append(' ').append(outcome == null ? (ended() ? "ENDED" : "IN_PROGRESS") : outcome);
    return text.append(String.format(Locale.ROOT, " %.3fms ", total().toNanos() / 1e6))
        .append(phases)
        .toString();
  }
}
