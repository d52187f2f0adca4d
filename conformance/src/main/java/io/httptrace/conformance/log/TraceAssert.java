package io.httptrace.conformance.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.error.BasicErrorMessageFactory;

/** Assertions on a {@link TraceLog}. Each failure shows the whole log. */
public final class TraceAssert extends AbstractAssert<TraceAssert, TraceLog> {

  private TraceAssert(TraceLog actual) {
    super(actual, TraceAssert.class);
  }

  /**
   * {@return assertions on a log}
   *
   * @param log the log
   */
  public static TraceAssert assertThat(TraceLog log) {
    return new TraceAssert(log);
  }

  /**
   * Asserts the whole list of events.
   *
   * @param expected the events, in order
   * @return this
   */
  public TraceAssert containsExactly(String... expected) {
    List<String> wanted = List.of(expected);
    List<String> events = log().events();
    if (!events.equals(wanted)) {
      int at = 0;
      while (at < Math.min(events.size(), wanted.size()) && events.get(at).equals(wanted.get(at))) {
        at++;
      }
      fail(
          "expected at place "
              + at
              + " "
              + (at < wanted.size() ? wanted.get(at) : "the end")
              + " but there is "
              + (at < events.size() ? events.get(at) : "the end"));
    }
    return this;
  }

  /**
   * Asserts that an event happens before another; both must happen.
   *
   * @param first the prefix of the first event
   * @param second the prefix of the second event
   * @return this
   */
  public TraceAssert startsBefore(String first, String second) {
    int one = place(first);
    int other = place(second);
    if (one > other) {
      fail(first + " comes after " + second);
    }
    return this;
  }

  /**
   * Asserts that an event does not happen.
   *
   * @param prefix the prefix of the event
   * @return this
   */
  public TraceAssert doesNotContain(String prefix) {
    if (log().events().stream().anyMatch(e -> e.startsWith(prefix))) {
      fail(prefix + " happens");
    }
    return this;
  }

  /**
   * Asserts that after each {@code …Start} there is exactly one {@code …Done} of the same thing,
   * and no {@code …Done} without its {@code …Start}.
   *
   * @return this
   */
  public TraceAssert eachStartHasOneEnd() {
    Pairs pairs = new Pairs();
    log().events().forEach(pairs::add);
    log().beyondGo().forEach(pairs::add);
    List<String> faults = pairs.faults();
    if (!faults.isEmpty()) {
      fail(String.join("\n", faults));
    }
    return this;
  }

  private int place(String prefix) {
    List<String> events = log().events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).startsWith(prefix)) {
        return i;
      }
    }
    fail(prefix + " does not happen");
    return -1;
  }

  private TraceLog log() {
    isNotNull();
    return Objects.requireNonNull(actual);
  }

  private void fail(String what) {
    List<Object> none = new ArrayList<>();
    String text = (what + "\nin the log:\n" + actual).replace("%", "%%");
    throwAssertionError(new BasicErrorMessageFactory(text, none.toArray()));
  }
}
