package io.httptrace.jetty;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.eclipse.jetty.client.Request;

/**
 * Remembers for a while which requests nobody listens to. It may forget one early, and allocates
 * nothing.
 */
final class JettyUntraced {
  private static final int SIZE = 1024;

  /** By identity, each in its place: not the requests, which it would keep from being collected. */
  private final AtomicIntegerArray hashes = new AtomicIntegerArray(SIZE);

  void add(Request request) {
    int hash = System.identityHashCode(request);
    hashes.lazySet(hash & (SIZE - 1), hash);
  }

  /** {@return whether nobody listens to a request} Of one that it has forgotten it says no. */
  boolean has(Request request) {
    int hash = System.identityHashCode(request);
    return hashes.get(hash & (SIZE - 1)) == hash;
  }
}
