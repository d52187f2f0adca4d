package io.httptrace.client.pool;

/** What becomes of a connection that has been dialled. */
enum DialFate {
  /** The request it was dialled for has it. */
  TAKEN,
  /** That request has another one: it is for others, and in use until it is released. */
  SPARE,
  /** It is of no use, and must be discarded. */
  SURPLUS,
  /** The pool is closed. */
  REFUSED
}
