package io.httptrace.client.pool;

import io.httptrace.client.route.PoolKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which targets have spoken HTTP/2, and how many requests at once they allowed. Keeps a bounded
 * number of targets, the most recent ones. Guarded by the pool's lock.
 */
final class Http2Origins {
  private static final int MAX = 1000;

  private final Map<PoolKey, Integer> capacities =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PoolKey, Integer> eldest) {
          return size() > MAX;
        }
      };

  void speaksHttp2(PoolKey key, int capacity) {
    capacities.remove(key);
    capacities.put(key, Math.max(capacity, 1));
  }

  void forget(PoolKey key) {
    capacities.remove(key);
  }

  /**
   * {@return whether the dials under way will serve so many requests, if they allow as many as
   * earlier ones}
   */
  boolean suffices(PoolKey key, int dials, int requests) {
    Integer capacity = capacities.get(key);
    return capacity != null && (long) dials * capacity >= requests;
  }
}
