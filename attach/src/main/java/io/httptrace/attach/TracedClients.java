package io.httptrace.attach;

/** The clients of one kind in this JVM. Their requests are told until this is closed. */
interface TracedClients extends AutoCloseable {
  /** Leaves them as they were. Without effect if it has been done. */
  @Override
  void close();
}
