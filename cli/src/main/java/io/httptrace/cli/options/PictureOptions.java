package io.httptrace.cli.options;

/**
 * What pictures show.
 *
 * @param cumulative whether they show the times from the start to each step
 */
public record PictureOptions(boolean cumulative) {

  /** Without any option. */
  public static final PictureOptions DEFAULT = new PictureOptions(false);
}
