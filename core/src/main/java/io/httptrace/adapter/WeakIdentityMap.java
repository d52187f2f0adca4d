package io.httptrace.adapter;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values of objects that it does not keep from being collected, and that it compares by identity.
 * To be used with a lock held. A value must not refer to its key.
 */
final class WeakIdentityMap<K, V> {
  private final Map<Reference<K>, V> values = new HashMap<>();
  private final ReferenceQueue<K> collected = new ReferenceQueue<>();

  @Nullable V get(K key) {
    return values.get(new Key<>(key, null));
  }

  /**
   * {@return the value of a key}
   *
   * @param made makes it if there is none
   */
  V computeIfAbsent(K key, Supplier<V> made) {
    removeCollected();
    return values.computeIfAbsent(new Key<>(key, collected), k -> made.get());
  }

  void remove(K key) {
    values.remove(new Key<>(key, null));
  }

  int size() {
    removeCollected();
    return values.size();
  }

  private void removeCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      values.remove(gone);
    }
  }

  private static final class Key<K> extends WeakReference<K> {
    private final int hash;

    Key(K key, @Nullable ReferenceQueue<K> queue) {
      super(key, queue);
      this.hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      K key = get();
      return this == other || (key != null && other instanceof Key<?> that && that.get() == key);
    }
  }
}
