package io.httptrace.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of objects, and for how long. */
class WeakIdentityMapTest {
  private final WeakIdentityMap<Object, String> map = new WeakIdentityMap<>();

  /** A key that is equal to every other. */
  private static final class Equal {
    @Override
    public boolean equals(Object other) {
      return other instanceof Equal;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void equalKeysAreApart() {
    Equal one = new Equal();
    Equal other = new Equal();

    map.put(one, "one");
    map.put(other, "other");

    assertThat(map.get(one)).isEqualTo("one");
    assertThat(map.get(other)).isEqualTo("other");
    assertThat(map.get(new Equal())).isNull();
  }

  @Test
  void theLastValueCounts() {
    Object key = new Object();

    map.put(key, "first");
    map.put(key, "second");

    assertThat(map.get(key)).isEqualTo("second");
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  void ofManyKeysEachHasItsOwn() {
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Object key = new Object();
      keys.add(key);
      map.put(key, "value " + i);
    }
    for (int i = 0; i < 1000; i += 2) {
      map.remove(keys.get(i));
    }

    assertThat(map.size()).isEqualTo(500);
    for (int i = 0; i < 1000; i++) {
      assertThat(map.get(keys.get(i))).isEqualTo(i % 2 == 0 ? null : "value " + i);
    }
  }

  @Test
  void whatIsNotKnownIsForgottenWithoutComplaint() {
    map.remove(new Object());
    map.put(this, "value");
    map.remove(new Object());

    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  void anEntryGoesWithItsKey() {
    Object kept = new Object();
    map.put(kept, "kept");

    WeakReference<Object> gone = putOne();

    while (!gone.refersTo(null) || map.size() > 1) {
      System.gc();
    }
    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private WeakReference<Object> putOne() {
    Object key = new Object();
    map.put(key, "gone");
    return new WeakReference<>(key);
  }

  @Test
  void aLookUpAllocatesNothing() throws Exception {
    Object key = new Object();
    map.put(key, "value");
    Object other = new Object();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = allocatedBytes();
      for (int i = 0; i < 1000; i++) {
        map.get(key);
        map.get(other);
      }
      least = Math.min(least, allocatedBytes() - before);
    }
    assertThat(least).isLessThan(16L * 2_000);
  }

  /** By reflection: core's tests read no other module. */
  private static long allocatedBytes() throws ReflectiveOperationException {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    return (long)
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes")
            .invoke(bean);
  }

  @Test
  void thereIsNoNull() {
    assertThatNullPointerException().isThrownBy(() -> map.put(null, "value")).withMessage("key");
    assertThatNullPointerException().isThrownBy(() -> map.put(this, null)).withMessage("value");
    assertThatNullPointerException().isThrownBy(() -> map.get(null)).withMessage("key");
    assertThatNullPointerException().isThrownBy(() -> map.remove(null)).withMessage("key");
  }
}
