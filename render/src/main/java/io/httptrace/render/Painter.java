package io.httptrace.render;

/**
 * Colours the pieces of a picture, by sequences for a terminal or by markup.
 *
 * @see WaterfallBuilder#painter
 */
@FunctionalInterface
public interface Painter {

  /**
   * Colours a piece of the picture. It is called on the thread that draws, in the order of the
   * text; what it throws, {@link Waterfall#draw} throws.
   *
   * @param ink what the piece stands for
   * @param text the piece, within one line; never empty, without control characters
   * @return the piece as it is to stand in the picture; it should take as many columns as before
   */
  String paint(Ink ink, String text);
}
