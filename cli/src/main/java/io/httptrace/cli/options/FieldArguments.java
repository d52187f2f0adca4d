package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HeaderLine;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that each stand for a header field. */
final class FieldArguments {
  private static final String AUTOMATIC = ";auto";

  private static final Pattern RANGES =
      Pattern.compile("([0-9]+-[0-9]*|-[0-9]+)(, *([0-9]+-[0-9]*|-[0-9]+))*");

  @Option(
      names = {"-e", "--referer"},
      paramLabel = "URL",
      description = "The Referer to send.")
  private @Nullable String referer;

  @Option(
      names = {"-r", "--range"},
      paramLabel = "RANGE",
      description = "Ask for some of the bytes only, such as 0-99, 100- or -100.")
  private @Nullable String range;

  /**
   * {@return the {@code Referer}, or null for none}
   *
   * @param location whether redirects are followed
   * @throws CommandException if it cannot be sent
   */
  @Nullable String referer(boolean location) throws CommandException {
    if (referer == null) {
      return null;
    }
    int automatic = referer.indexOf(AUTOMATIC);
    if (automatic >= 0 && location) {
      throw CommandException.usage(
          "-e: '" + AUTOMATIC + "' is not supported with -L: a redirect gets the same Referer");
    }
    String url = automatic < 0 ? referer : referer.substring(0, automatic);
    HeaderLine.checkFieldValue("-e: the URL", url);
    return url.isEmpty() ? null : url;
  }

  /**
   * {@return the value of {@code Range}, or null for none} A number without a dash is where the
   * range begins, as with curl.
   *
   * @param method the method without a {@code -X}
   * @throws CommandException if it is no range, or there is a body
   */
  @Nullable String range(String method) throws CommandException {
    if (range == null) {
      return null;
    }
    String ranges = range.matches("[0-9]+") ? range + "-" : range;
    if (!RANGES.matcher(ranges).matches()) {
      throw CommandException.usage("-r: '" + range + "' is not a range");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw CommandException.usage("-r: a range cannot be asked for with a body");
    }
    return "bytes=" + ranges;
  }
}
