package io.httptrace.client.pool;

/** What happens to a connection that has been dialled. */
enum DialFate {
  /** The request for which it was dialled gets it. */
  TAKEN,
  /** That request has another one; this one is for others, and counts as in use until released. */
  SPARE,
  /** It is not needed, and must be discarded. */
  SURPLUS,
  /** The pool is closed. */
  REFUSED
}
