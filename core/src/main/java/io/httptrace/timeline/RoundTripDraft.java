package io.httptrace.timeline;

import io.httptrace.ConnWaitReason;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Collects the facts about a round trip, in the order in which they happened. The first report of a
 * fact counts. Times are nanoseconds from the timeline's start.
 */
final class RoundTripDraft {
  static final long ABSENT = -1;

  private final int number;
  private final long start;
  private long last;
  private @Nullable RoundTripStartInfo startInfo;
  private @Nullable String hostPort;

  private final List<PhaseDraft> queues = new ArrayList<>();

  private long gotConnAt = ABSENT;
  private @Nullable GotConnInfo gotConn;
  private @Nullable ConnectionDraft connection;

  private boolean writing;
  private final List<HeaderField> requestHeaders = new ArrayList<>();
  private long wroteRequestAt = ABSENT;
  private @Nullable WroteRequestInfo wroteRequest;

  private long firstByteAt = ABSENT;
  private long responseAt = ABSENT;
  private final List<InformationalResponse> informational = new ArrayList<>();
  private @Nullable GotResponseInfo response;

  private long idleAt = ABSENT;
  private long doneAt = ABSENT;
  private @Nullable RoundTripDoneInfo done;

  RoundTripDraft(int number, long start) {
    this.number = number;
    this.start = start;
    this.last = start;
  }

  // ---- Reports. None is accepted once the round trip is over. ----

  void touch(long at) {
    last = at;
  }

  void started(RoundTripStartInfo info) {
    if (startInfo == null) {
      startInfo = info;
    }
  }

  void getConn(String target) {
    if (hostPort == null) {
      hostPort = target;
    }
  }

  void waits(long at, ConnWaitReason reason) {
    if (queues.stream().noneMatch(PhaseDraft::isOpen)) {
      queues.add(PhaseDraft.queue(at, reason));
    }
  }

  void stopsWaiting(long at) {
    queues.stream().filter(PhaseDraft::isOpen).forEach(queue -> queue.end(at, null));
  }

  /** A round trip may get another connection until something is written. */
  void gotConn(long at, GotConnInfo info, ConnectionDraft from) {
    stopsWaiting(at);
    if (gotConn == null || !writing) {
      gotConnAt = at;
      gotConn = info;
      connection = from;
    }
  }

  void wroteField(HeaderField field) {
    writing = true;
    requestHeaders.add(field);
  }

  void wroteHead() {
    writing = true;
  }

  void wroteRequest(long at, WroteRequestInfo info) {
    writing = true;
    if (wroteRequest == null) {
      wroteRequestAt = at;
      wroteRequest = info;
    }
  }

  void gotFirstByte(long at) {
    if (firstByteAt == ABSENT) {
      firstByteAt = at;
    }
    responds(at);
  }

  void informed(InformationalResponse info, long at) {
    responds(at);
    informational.add(info);
  }

  void gotResponse(long at, GotResponseInfo info) {
    responds(at);
    if (response == null) {
      response = info;
    }
  }

  /** The response has begun by now; only the first sign of it counts. */
  void responds(long at) {
    if (responseAt == ABSENT) {
      responseAt = at;
    }
  }

  void putIdle(long at) {
    if (idleAt == ABSENT) {
      idleAt = at;
    }
  }

  void done(long at, RoundTripDoneInfo info) {
    if (done == null) {
      doneAt = at;
      done = info;
    }
  }

  // ---- State. ----

  /**
   * Whether further events are late. A client that did not report the start of the round trip will
   * not report its end: then the return of the connection to the pool is the end.
   */
  boolean isOver() {
    return done != null || (startInfo == null && idleAt != ABSENT);
  }

  boolean isDone() {
    return done != null;
  }

  boolean isStarted() {
    return startInfo != null;
  }

  /**
   * Whether the next request for a connection belongs to another round trip. If the client reported
   * the start of this round trip, it will also report that of the next.
   */
  boolean isPastItsWriting() {
    return startInfo == null && (isOver() || writing || responseAt != ABSENT);
  }

  boolean targetIsPlain() {
    String scheme = startInfo == null ? null : startInfo.uri().getScheme();
    return scheme != null && scheme.toLowerCase(Locale.ROOT).equals("http");
  }

  /** Whether {@code getConn} named another address than the target's. */
  boolean connectsToProxy() {
    if (startInfo == null || hostPort == null) {
      return false;
    }
    URI uri = startInfo.uri();
    int port = targetIsPlain() ? 80 : 443;
    if (uri.getHost() != null) {
      port = uri.getPort() == -1 ? port : uri.getPort();
      return !hostPort.equalsIgnoreCase(uri.getHost() + ":" + port);
    }
    String authority = uri.getRawAuthority(); // all there is of a name with an underscore
    return authority != null
        && !hostPort.equalsIgnoreCase(authority.substring(authority.lastIndexOf('@') + 1))
        && !hostPort.equalsIgnoreCase(
            authority.substring(authority.lastIndexOf('@') + 1) + ":" + port);
  }

  boolean waitedForDialOfAnother() {
    return queues.stream().anyMatch(queue -> queue.waitReason() == ConnWaitReason.PENDING_DIAL);
  }

  /**
   * How phases that are still open are closed.
   *
   * @param asOf when the timeline is made
   * @param followed whether there is a later round trip, so that this one is over even without an
   *     end
   */
  EndOfRoundTrip closing(long asOf, boolean followed) {
    if (done != null) {
      return EndOfRoundTrip.cut(doneAt, done.error());
    }
    if (isOver()) {
      return EndOfRoundTrip.cut(idleAt, null);
    }
    return followed ? EndOfRoundTrip.cut(last, null) : EndOfRoundTrip.inProgress(asOf);
  }

  @Nullable RoundTripOutcome outcome() {
    if (done != null) {
      return done.outcome();
    }
    return isOver() ? RoundTripOutcome.COMPLETED : null;
  }

  int number() {
    return number;
  }

  long start() {
    return start;
  }

  @Nullable RoundTripStartInfo startInfo() {
    return startInfo;
  }

  @Nullable String hostPort() {
    return hostPort;
  }

  List<PhaseDraft> queues() {
    return queues;
  }

  long gotConnAt() {
    return gotConnAt;
  }

  @Nullable GotConnInfo gotConn() {
    return gotConn;
  }

  @Nullable ConnectionDraft connection() {
    return connection;
  }

  List<HeaderField> requestHeaders() {
    return requestHeaders;
  }

  long wroteRequestAt() {
    return wroteRequestAt;
  }

  @Nullable WroteRequestInfo wroteRequest() {
    return wroteRequest;
  }

  long firstByteAt() {
    return firstByteAt;
  }

  long responseAt() {
    return responseAt;
  }

  List<InformationalResponse> informational() {
    return informational;
  }

  @Nullable GotResponseInfo response() {
    return response;
  }

  long idleAt() {
    return idleAt;
  }

  @Nullable RoundTripDoneInfo done() {
    return done;
  }
}
