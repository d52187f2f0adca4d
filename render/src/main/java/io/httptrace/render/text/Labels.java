package io.httptrace.render.text;

import java.util.Locale;

/** Constants as text. */
public final class Labels {
  private Labels() {}

  /**
   * {@return the label of a constant: that of {@code HOST_LIMIT} is {@code host-limit}}
   *
   * @param constant the constant
   */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
