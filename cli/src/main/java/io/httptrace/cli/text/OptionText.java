package io.httptrace.cli.text;

import io.httptrace.cli.failure.CommandException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses values that several options have. Errors name the option. */
public final class OptionText {

  /** The longest time limit that can be given: about 31 years. */
  private static final double MAX_SECONDS = 1e9;

  private OptionText() {}

  public static LocalFile file(String option, String text) throws CommandException {
    LocalFile file = new LocalFile(text);
    try {
      file.path();
      return file;
    } catch (IOException e) {
      throw CommandException.usage(option + ": '" + text + "' is not a file name");
    }
  }

  public static @Nullable LocalFile optionalFile(String option, @Nullable String text)
      throws CommandException {
    return text == null ? null : file(option, text);
  }

  /** As with curl, zero is no limit. */
  public static @Nullable Duration seconds(String option, @Nullable String text)
      throws CommandException {
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
      throw CommandException.usage(option + ": '" + text + "' is not a number of seconds");
    }
    double seconds = Double.parseDouble(text);
    if (seconds > MAX_SECONDS) {
      throw CommandException.usage(option + ": " + text + " seconds is too long");
    }
    return seconds == 0 ? null : Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
  }

  /** As with curl, -1 is no limit. */
  public static int count(String option, String text) throws CommandException {
    if (text.equals("-1")) {
      return Integer.MAX_VALUE;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw CommandException.usage(option + ": '" + text + "' is not a number, or -1");
    }
    return Integer.parseInt(text);
  }

  /** A size; as with curl, a {@code k}, {@code M}, {@code G} or more can follow. */
  public static @Nullable Long bytes(String option, @Nullable String text) throws CommandException {
    if (text == null) {
      return null;
    }
    int unit =
        text.isEmpty()
            ? -1
            : "KMGTP".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
    String digits = unit < 0 ? text : text.substring(0, text.length() - 1);
    if (!digits.matches("[0-9]{1,18}")) {
      throw CommandException.usage(option + ": '" + text + "' is not a number of bytes");
    }
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * (unit + 1)));
    } catch (ArithmeticException e) {
      throw CommandException.usage(option + ": " + text + " is too much");
    }
  }

  /** A user and a password; the command does not prompt for the password. */
  public static @Nullable String user(String option, @Nullable String text)
      throws CommandException {
    if (text != null && text.indexOf(':') < 0) {
      throw CommandException.usage(option + ": there is no password; it takes 'USER:PASSWORD'");
    }
    return text;
  }
}
