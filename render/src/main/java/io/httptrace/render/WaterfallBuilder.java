package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.timeline.Redaction;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Waterfall}. For one thread; may be used again after {@link #build()}. */
public final class WaterfallBuilder {
  /** The least width there is room to draw in. */
  private static final int MIN_WIDTH = 40;

  int width = 80;
  Glyphs glyphs = Glyphs.BLOCKS;
  Redaction redaction = Redaction.MASK_SECRETS;
  Painter painter = (ink, text) -> text;
  boolean cumulative;
  private boolean explainsLast = true;
  private boolean requestHeaders;
  private @Nullable HeaderDetail responseHeaders;

  WaterfallBuilder() {}

  /**
   * Sets how many columns a line may have. Without this they are 80. From 72 on, details stand
   * beside the bars, and below that under them.
   *
   * @param columns how many; at least 40
   * @return this
   * @throws IllegalArgumentException if there are fewer
   */
  public WaterfallBuilder width(int columns) {
    if (columns < MIN_WIDTH) {
      throw new IllegalArgumentException("width: " + columns + ", must be at least " + MIN_WIDTH);
    }
    width = columns;
    return this;
  }

  /**
   * Draws bars with {@code #} and {@code |}, for what cannot show Unicode's block elements. A bar
   * is then as exact as a column, and not as an eighth of one. Text from outside, such as a header
   * field, may still have characters that are not ASCII.
   *
   * @return this
   */
  public WaterfallBuilder ascii() {
    glyphs = Glyphs.ASCII;
    return this;
  }

  /**
   * Sets whether secrets are masked. Without this they are.
   *
   * @param redaction whether they are
   * @return this
   */
  public WaterfallBuilder redaction(Redaction redaction) {
    this.redaction = requireNonNull(redaction, "redaction");
    return this;
  }

  /**
   * Sets what colours the pieces of the picture. Without this they stay as they are.
   *
   * @param painter colours them
   * @return this
   */
  public WaterfallBuilder painter(Painter painter) {
    this.painter = requireNonNull(painter, "painter");
    return this;
  }

  /**
   * Leaves out why the last round trip failed, for a program that says so elsewhere. In which phase
   * it failed is still shown.
   *
   * @return this
   */
  public WaterfallBuilder withoutLastError() {
    explainsLast = false;
    return this;
  }

  /**
   * Shows the header fields of each request, as they were written. Without this they are not shown.
   *
   * @return this
   */
  public WaterfallBuilder requestHeaders() {
    requestHeaders = true;
    return this;
  }

  /**
   * Sets which header fields of each response are shown. Without this they are all shown if a
   * request was a HEAD, and none if not.
   *
   * @param detail which of them
   * @return this
   */
  public WaterfallBuilder responseHeaders(HeaderDetail detail) {
    this.responseHeaders = requireNonNull(detail, "detail");
    return this;
  }

  /**
   * Shows, above the row for the whole, how long it took from the start until each step of the last
   * round trip was done, by the names that curl has for them: {@code namelookup}, {@code connect},
   * {@code appconnect}, {@code pretransfer}, {@code starttransfer}; and {@code redirect} if there
   * were round trips before.
   *
   * @return this
   */
  public WaterfallBuilder cumulative() {
    cumulative = true;
    return this;
  }

  FactSettings facts() {
    return new FactSettings(redaction, explainsLast, requestHeaders, responseHeaders);
  }

  /** {@return its settings} */
  @Override
  public String toString() {
    return "WaterfallBuilder[width=" + width + ", " + glyphs + ", " + redaction + "]";
  }

  /** {@return what draws as set} */
  public Waterfall build() {
    return new Waterfall(this);
  }
}
