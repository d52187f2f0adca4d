package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.error.ErrorClassifier;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place where a client differs from recordings on purpose.
 *
 * <p>In the name of the recording and in events {@code *} stands for any characters. An event of a
 * single recording that is named without a {@code *} must be in that recording; all others are
 * changed where present.
 *
 * @param recording the name of the recording, such as {@code h1-get}, {@code proxy-*} or {@code *}
 * @param reason why the client does so
 * @param changes the differences, applied in order
 * @param optional whether a run may do without it, because threads of the client race; otherwise
 *     each change must be needed by at least one recording
 */
public record Deviation(String recording, String reason, List<Change> changes, boolean optional) {

  /** Checks the components: no deviation without a reason and a change. */
  public Deviation {
    requireNonNull(recording, "recording");
    changes = List.copyOf(changes);
    if (reason.isBlank() || changes.isEmpty()) {
      throw new IllegalArgumentException("a deviation needs a reason and a change");
    }
  }

  /**
   * Makes one that is needed in each run.
   *
   * @param recording the name of the recording
   * @param reason why the client does so
   * @param changes the differences, applied in order
   */
  public Deviation(String recording, String reason, List<Change> changes) {
    this(recording, reason, changes, false);
  }

  /**
   * {@return one that some runs do not need, because threads of the client race}
   *
   * @param recording the name of the recording
   * @param reason which threads race, and how it comes out
   * @param changes the differences, applied in order
   */
  public static Deviation sometimes(String recording, String reason, List<Change> changes) {
    return new Deviation(recording, reason, changes, true);
  }

  /**
   * {@return whether it concerns a recording}
   *
   * @param name the name of the recording
   */
  public boolean concerns(String name) {
    return Glob.of(recording).matches(name);
  }

  /** One difference. */
  public sealed interface Change {}

  /**
   * Another event happens in place of one.
   *
   * @param event the event in the recording, such as {@code *.getConn(*:{port:proxy})}
   * @param other the event that happens; its first {@code *} stands for what the first one of the
   *     event does, and so on
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
   * @param min at least how often it happens
   * @param max at most how often it happens
   */
  public record Times(String event, int min, int max) implements Change {
    /**
     * An event happens another number of times, always the same.
     *
     * @param event the event in the recording
     * @param count how often it happens
     */
    public Times(String event, int count) {
      this(event, count, count);
    }
  }

  /**
   * An event happens too, in any order.
   *
   * @param event the event; without a {@code *}
   * @param min at least how often it happens
   * @param max at most how often it happens
   */
  public record Additional(String event, int min, int max) implements Change {}

  /**
   * A server sees something another number of times.
   *
   * @param what {@code accept NAME}, {@code request NAME} or {@code socks-addr name}
   * @param min at least how often
   * @param max at most how often
   */
  public record OfServer(String what, int min, int max) implements Change {}

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
    /** Copies the words, and sorts them. */
    public SameErrors {
      words = Collections.unmodifiableSet(new TreeSet<>(words));
    }
  }
}
