package io.httptrace.client.http1;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Fields as they came: names and values, side by side. */
final class Fields implements Iterable<Map.Entry<String, String>> {
  /** Has none, and gets none. */
  static final Fields NONE = new Fields(0);

  private @Nullable String[] all;
  private int end;

  /** Makes one with room for so many. */
  Fields(int expected) {
    all = new @Nullable String[2 * expected];
  }

  void add(String name, String value) {
    if (end == all.length) {
      all = Arrays.copyOf(all, Math.max(8, 2 * end));
    }
    all[end++] = name;
    all[end++] = value;
  }

  int size() {
    return end / 2;
  }

  @Override
  public Iterator<Map.Entry<String, String>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < end;
      }

      @Override
      public Map.Entry<String, String> next() {
        if (next >= end) {
          throw new NoSuchElementException();
        }
        return new SimpleImmutableEntry<>(at(next++), at(next++));
      }
    };
  }

  private String at(int index) {
    String text = all[index];
    if (text == null) {
      throw new IllegalStateException();
    }
    return text;
  }
}
