package io.httptrace.conformance.log;

import io.httptrace.EventStamp;
import java.util.ArrayList;
import java.util.List;

/**
 * An event of a log.
 *
 * @param text the event, such as {@code r1.wroteHeaders}
 * @param happened when it happened according to its {@linkplain EventStamp stamp}, as {@link
 *     System#nanoTime()} counts; without a stamp it is when it was logged
 * @param logged when it was logged
 */
public record LoggedEvent(String text, long happened, long logged) {

  /**
   * {@return events that were all logged when they happened}
   *
   * @param texts the events, in order
   */
  public static List<LoggedEvent> inOrder(List<String> texts) {
    List<LoggedEvent> events = new ArrayList<>();
    for (String text : texts) {
      events.add(new LoggedEvent(text, events.size(), events.size()));
    }
    return events;
  }

  static LoggedEvent now(String text) {
    long happened = EventStamp.currentNanoTime();
    return new LoggedEvent(text, happened, System.nanoTime());
  }

  @Override
  public String toString() {
    return text;
  }
}
