package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.error.ErrorClassifier;
import java.util.List;
import java.util.Set;

/**
 * A place where a client differs from a recording on purpose.
 *
 * @param recording the name of the recording, or {@code *} for all
 * @param reason why the client does so
 * @param changes the differences, applied in order
 */
public record Deviation(String recording, String reason, List<Change> changes) {

  /** Checks the components: no deviation without a reason and a change. */
  public Deviation {
    requireNonNull(recording, "recording");
    changes = List.copyOf(changes);
    if (reason.isBlank() || changes.isEmpty()) {
      throw new IllegalArgumentException("a deviation needs a reason and a change");
    }
  }

  /**
   * {@return whether it concerns a recording}
   *
   * @param name the name of the recording
   */
  public boolean concerns(String name) {
    return recording.equals("*") || recording.equals(name);
  }

  /** One difference. */
  public sealed interface Change {}

  /**
   * Another event happens in place of one.
   *
   * @param event the event in the recording
   * @param other the event that happens
   */
  public record Replaced(String event, String other) implements Change {}

  /**
   * An event does not happen. Events before it still come before events after it.
   *
   * @param event the event in the recording
   */
  public record Absent(String event) implements Change {}

  /**
   * An event happens another number of times.
   *
   * @param event the event in the recording
   * @param count how often it happens
   */
  public record Times(String event, int count) implements Change {}

  /**
   * Two events may come in any order.
   *
   * @param event one event
   * @param other the other
   */
  public record Unordered(String event, String other) implements Change {}

  /**
   * The client cannot tell these errors apart.
   *
   * @param words the words of {@link ErrorClassifier}
   */
  public record SameErrors(Set<String> words) implements Change {
    /** Copies the words. */
    public SameErrors {
      words = Set.copyOf(words);
    }
  }
}
