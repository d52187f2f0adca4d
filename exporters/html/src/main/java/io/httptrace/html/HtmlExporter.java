package io.httptrace.html;

import static java.util.Objects.requireNonNull;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Writes timelines as a web page: for each call a waterfall of its phases on one scale, with what
 * is known of each when it is pointed at, and tables of phases, header fields, the connection, TLS
 * and events. Immutable, and safe for use by several threads.
 *
 * <p><b>A page is one file</b> that needs nothing else. It has no scripts, no references and no
 * links, and tells the browser to load nothing (Content Security Policy). It has the colours of a
 * light or of a dark page, whichever its reader prefers, and can be read by a screen reader and
 * used by keyboard.
 *
 * <p><b>What peers have sent</b> is escaped, and stays text whatever it is. Control characters,
 * also those that change the direction of text, are shown as escapes such as {@code \x1b}.
 *
 * <p>The page is for people, and may look better in any release; {@code TimelineJson} of {@code
 * httptrace-render} is for programs.
 */
public final class HtmlExporter {
  private static final HtmlExporter MASKING = new HtmlExporter(Redaction.MASK_SECRETS);

  private final Redaction redaction;

  private HtmlExporter(Redaction redaction) {
    this.redaction = redaction;
  }

  /** {@return an exporter that masks secrets} */
  public static HtmlExporter create() {
    return MASKING;
  }

  /**
   * {@return one that masks secrets, or does not}
   *
   * @param masked whether it does
   */
  public HtmlExporter redaction(Redaction masked) {
    return new HtmlExporter(requireNonNull(masked, "masked"));
  }

  /**
   * {@return a page, to be saved as UTF-8; its calls are ordered by their start}
   *
   * @param timelines the calls that it is to show; of one that is under way, what has happened
   */
  public String toHtml(Collection<Timeline> timelines) {
    List<Timeline> ordered =
        timelines.stream().sorted(Comparator.comparing(Timeline::startedAt)).toList();
    return new Page(ordered, redaction).html();
  }

  /**
   * {@return a page of one call}
   *
   * @param timeline the call
   */
  public String toHtml(Timeline timeline) {
    return toHtml(List.of(timeline));
  }

  @Override
  public String toString() {
    return "HtmlExporter[" + redaction + "]";
  }
}
