package io.httptrace.cli;

import io.httptrace.render.Ink;
import io.httptrace.render.Painter;

/** Colours of the picture, by what they are for. */
enum AnsiPalette implements Painter {
  /** No colour: text stays as it is. */
  PLAIN,
  /** The sixteen colours of any terminal, by ECMA-48 sequences. */
  COLOR;

  private static final String RESET = "\u001b[0m";

  private static String code(Ink ink) {
    return switch (ink) {
      case HEADING -> "1";
      case FAINT -> "2";
      case GOOD, REQUEST -> "32";
      case NEUTRAL, CONNECT -> "33";
      case BAD -> "1;31";
      case QUEUE -> "90";
      case DNS -> "36";
      case PROXY -> "93";
      case TLS -> "35";
      case WAIT -> "34";
      case RESPONSE -> "96";
    };
  }

  /**
   * {@return the text in an ink}
   *
   * @param ink the ink
   * @param text the text, on one line
   */
  @Override
  public String paint(Ink ink, String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code(ink) + "m" + text + RESET;
  }
}
