package io.httptrace.conformance.golden;

import java.util.List;

/**
 * How often something may happen.
 *
 * @param min at least
 * @param max at most
 */
record Range(int min, int max) {

  static Range of(List<Integer> bounds) {
    return new Range(bounds.get(0), bounds.get(1));
  }

  boolean allows(int count) {
    return min <= count && count <= max;
  }

  Range plus(Range other) {
    return new Range(min + other.min, max + other.max);
  }

  @Override
  public String toString() {
    return min == max ? String.valueOf(min) : min + " to " + max;
  }
}
