package io.httptrace.adapter;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter remembers of objects of its client, such as calls and connections, whose end
 * nobody may tell it. Keys are compared by identity, and none is kept from being collected; its
 * entry goes with it. A value must not refer to its key. A look-up allocates nothing, and takes no
 * lock as long as nothing is remembered. Safe for use by several threads.
 *
 * @param <K> the objects
 * @param <V> what is remembered of them
 */
public final class WeakIdentityMap<K, V> {
  private static final int INITIAL_BUCKETS = 16;

  private final ReferenceQueue<K> gone = new ReferenceQueue<>();
  private @Nullable Entry<K, V>[] buckets = newBuckets(INITIAL_BUCKETS);
  private final AtomicInteger size = new AtomicInteger();

  /** Makes one that remembers nothing. */
  public WeakIdentityMap() {}

  /**
   * Remembers something of an object, in place of what was remembered of it.
   *
   * @param key the object
   * @param value what to remember
   */
  public synchronized void put(K key, V value) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    removeGone();
    int hash = System.identityHashCode(key);
    Entry<K, V> known = find(key, hash);
    if (known != null) {
      known.value = value;
      return;
    }
    if (size.get() >= buckets.length) {
      grow();
    }
    int at = hash & (buckets.length - 1);
    Entry<K, V> made = new Entry<>(key, hash, value, gone);
    made.next = buckets[at];
    buckets[at] = made;
    size.incrementAndGet();
  }

  /**
   * {@return what is remembered of an object; null if nothing is}
   *
   * @param key the object
   */
  public @Nullable V get(K key) {
    requireNonNull(key, "key");
    if (size.get() == 0) {
      return null;
    }
    synchronized (this) {
      Entry<K, V> found = find(key, System.identityHashCode(key));
      return found == null ? null : found.value;
    }
  }

  /**
   * Forgets an object, if anything is remembered of it.
   *
   * @param key the object
   */
  public void remove(K key) {
    requireNonNull(key, "key");
    if (size.get() == 0) {
      return;
    }
    synchronized (this) {
      Entry<K, V> found = find(key, System.identityHashCode(key));
      if (found != null) {
        unlink(found);
      }
    }
  }

  /** {@return how many objects are remembered, those that have been collected not counted} */
  public synchronized int size() {
    removeGone();
    return size.get();
  }

  /** {@return how many objects are remembered} */
  @Override
  public String toString() {
    return "WeakIdentityMap[" + size() + "]";
  }

  private @Nullable Entry<K, V> find(K key, int hash) {
    for (Entry<K, V> e = buckets[hash & (buckets.length - 1)]; e != null; e = e.next) {
      if (e.hash == hash && e.refersTo(key)) {
        return e;
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked") // Only entries of this map are in the queue.
  private void removeGone() {
    for (Reference<?> r = gone.poll(); r != null; r = gone.poll()) {
      unlink((Entry<K, V>) r);
    }
  }

  private void unlink(Entry<K, V> entry) {
    int at = entry.hash & (buckets.length - 1);
    Entry<K, V> before = null;
    for (Entry<K, V> e = buckets[at]; e != null; e = e.next) {
      if (e == entry) {
        if (before == null) {
          buckets[at] = e.next;
        } else {
          before.next = e.next;
        }
        size.decrementAndGet();
        return;
      }
      before = e;
    }
  }

  private void grow() {
    @Nullable Entry<K, V>[] old = buckets;
    buckets = newBuckets(2 * old.length);
    for (Entry<K, V> first : old) {
      Entry<K, V> e = first;
      while (e != null) {
        Entry<K, V> next = e.next;
        int at = e.hash & (buckets.length - 1);
        e.next = buckets[at];
        buckets[at] = e;
        e = next;
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
  private static <K, V> @Nullable Entry<K, V>[] newBuckets(int length) {
    return new Entry[length];
  }

  private static final class Entry<K, V> extends WeakReference<K> {
    private final int hash;
    private V value;
    private @Nullable Entry<K, V> next;

    Entry(K key, int hash, V value, ReferenceQueue<K> gone) {
      super(key, gone);
      this.hash = hash;
      this.value = value;
    }
  }
}
