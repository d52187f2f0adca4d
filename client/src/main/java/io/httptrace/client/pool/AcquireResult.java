package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pool answers to a request.
 *
 * @param verdict what the request may do
 * @param reason why it must wait, if that is the verdict
 * @param stale connections to close
 * @param unchecked the connection to check, if that is the verdict
 */
record AcquireResult(
    Verdict verdict,
    @Nullable ConnWaitReason reason,
    List<PoolEntry> stale,
    @Nullable PoolEntry unchecked) {

  static AcquireResult of(Verdict verdict, List<PoolEntry> stale) {
    return new AcquireResult(verdict, null, stale, null);
  }

  static AcquireResult mustWait(ConnWaitReason reason, List<PoolEntry> stale) {
    return new AcquireResult(Verdict.MUST_WAIT, reason, stale, null);
  }

  static AcquireResult checkFirst(PoolEntry unchecked, List<PoolEntry> stale) {
    return new AcquireResult(Verdict.CHECK_FIRST, null, stale, unchecked);
  }

  /** What a request may do. */
  enum Verdict {
    /** It has been settled with an existing connection; its listener must be told. */
    GRANTED,
    /** It may dial, and is queued and counted as open. */
    MAY_DIAL,
    /** It is queued until a connection becomes free, or it may dial. */
    QUEUED,
    /** It would have to be queued, which a hook must report first. */
    MUST_WAIT,
    /** It may have an idle connection, which must be checked first. */
    CHECK_FIRST,
    /** It has been settled meanwhile. */
    SETTLED,
    /** The pool is closed. */
    REFUSED
  }
}
