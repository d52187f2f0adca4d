package io.httptrace.jetty;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.eclipse.jetty.client.Request;

/**
 * Remembers which requests nobody listens to, until they end, and allocates nothing. Of very many
 * that wait at once it may forget some. It compares hashes: two requests with the same one are
 * taken for each other.
 */
final class JettyUntraced {
  static final int SIZE = 4096;

  /** In how many places a hash may be. */
  private static final int WINDOW = 16;

  /** By identity; 0 is free. Not the requests, which it would keep from being collected. */
  private final AtomicIntegerArray hashes = new AtomicIntegerArray(SIZE);

  void add(Request request) {
    int hash = System.identityHashCode(request);
    for (int i = 0; i < WINDOW; i++) {
      if (hashes.compareAndSet(place(hash, i), 0, hash)) {
        return;
      }
    }
    hashes.set(place(hash, 0), hash);
  }

  /** {@return whether nobody listens to a request} Of one that it has forgotten it says no. */
  boolean has(Request request) {
    int hash = System.identityHashCode(request);
    for (int i = 0; i < WINDOW; i++) {
      if (hashes.get(place(hash, i)) == hash) {
        return true;
      }
    }
    return false;
  }

  /** A request has ended, if it is one of them. */
  void remove(Request request) {
    int hash = System.identityHashCode(request);
    for (int i = 0; i < WINDOW; i++) {
      if (hashes.compareAndSet(place(hash, i), hash, 0)) {
        return;
      }
    }
  }

  private static int place(int hash, int i) {
    return (hash + i) & (SIZE - 1);
  }
}
