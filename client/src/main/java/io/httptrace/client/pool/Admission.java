package io.httptrace.client.pool;

import io.httptrace.ConnWaitReason;
import io.httptrace.client.pool.ConnectionRequest.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pool has for a request.
 *
 * @param verdict what the request may do
 * @param grant the connection it is settled with, if that is the verdict
 * @param reason why it must wait, if that is the verdict
 * @param stale connections to close
 */
record Admission(
    Verdict verdict,
    @Nullable Grant grant,
    @Nullable ConnWaitReason reason,
    List<PooledConnection> stale) {

  static Admission of(Verdict verdict, List<PooledConnection> stale) {
    return new Admission(verdict, null, null, stale);
  }

  static Admission granted(Grant grant, List<PooledConnection> stale) {
    return new Admission(Verdict.GRANTED, grant, null, stale);
  }

  static Admission mustWait(ConnWaitReason reason, List<PooledConnection> stale) {
    return new Admission(Verdict.MUST_WAIT, null, reason, stale);
  }

  /** What a request may do. */
  enum Verdict {
    /** It has a connection that was there. */
    GRANTED,
    /** It may dial, and is queued and counted as open. */
    MAY_DIAL,
    /** It is queued until a connection is freed, or it is its turn to dial. */
    QUEUED,
    /** It would have to be queued, which a hook is to tell first. */
    MUST_WAIT,
    /** It is settled by now. */
    SETTLED,
    /** The pool is closed. */
    REFUSED
  }
}
