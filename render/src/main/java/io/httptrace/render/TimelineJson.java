package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.Map;

/**
 * Writes a timeline as JSON: one object, on one line, without a line feed.
 *
 * <p>Its members are described in {@code docs/timeline-json.md}, and for programs by the JSON
 * Schema in {@code docs/timeline.schema.json}. All are always there, null for what did not happen
 * or is not known, except those that only one kind of phase has. Times are whole nanoseconds from
 * the first event of the call.
 *
 * <p>The text is valid JSON by RFC 8259 whatever a peer has sent: control characters and halves of
 * surrogate pairs are escaped.
 */
public final class TimelineJson {
  /**
   * The name of the schema, the first member of each object. It changes when a reader of the old
   * one could go wrong; a member that is added does not change it.
   */
  public static final String SCHEMA = "httptrace/2";

  private TimelineJson() {}

  /**
   * {@return a timeline as JSON, with secrets masked}
   *
   * @param timeline the timeline; also of a call that is under way
   */
  public static String toJson(Timeline timeline) {
    return toJson(timeline, Redaction.MASK_SECRETS);
  }

  /**
   * {@return a timeline as JSON}
   *
   * @param timeline the timeline; also of a call that is under way
   * @param redaction whether secrets are masked
   */
  public static String toJson(Timeline timeline, Redaction redaction) {
    return toJson(timeline, redaction, Map.of());
  }

  /**
   * {@return a timeline as JSON, with members of the caller's own after those of the timeline} Such
   * as an id by which the line is found again. They are written as they are, nothing in them is
   * masked. A later release may use the name of one of them for a member of its own, and will then
   * refuse it: names with a prefix or a capital letter are safe.
   *
   * @param timeline the timeline; also of a call that is under way
   * @param redaction whether secrets are masked
   * @param members name and value, in the order of the map; a value is null, a {@code
   *     CharSequence}, {@code Boolean}, finite {@code Number}, {@code Map}, or an {@code Iterable}
   *     of such
   * @throws IllegalArgumentException if a value is of another type, or a name is that of a member
   *     of the timeline
   */
  public static String toJson(Timeline timeline, Redaction redaction, Map<String, ?> members) {
    requireNonNull(timeline, "timeline");
    requireNonNull(redaction, "redaction");
    requireNonNull(members, "members");
    return new TimelineWriter(redaction).write(timeline, members);
  }
}
