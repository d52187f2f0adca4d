package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.CookieOptions;
import io.httptrace.cli.text.HeaderLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about cookies. */
final class CookieArguments {

  @Option(
      names = {"-b", "--cookie"},
      paramLabel = "DATA",
      description =
          "Cookies to send, 'name=value; ...'; or, without an '=', a file to read them from, and "
              + "to keep what servers set.")
  private List<String> cookies = new ArrayList<>();

  private @Nullable String jar;

  /** The last {@code -c} that is a number: with {@code -n} it is no file. */
  private @Nullable String number;

  private @Nullable String last;

  @Option(
      names = {"-c", "--cookie-jar"},
      paramLabel = "FILE",
      description =
          "Keep what servers set, and write it to a file at the end; '-' is stdout. With -n a "
              + "number is that of --concurrency.")
  void jar(@Nullable String value) {
    if (value == null) {
      return;
    }
    last = value;
    if (value.matches("-?[0-9]+")) {
      number = value;
    } else {
      jar = value;
    }
  }

  /** {@return the number of {@code -c}, which then is no file; or null} */
  @Nullable String takeNumber() {
    last = jar;
    return number;
  }

  CookieOptions toOptions() {
    List<String> files = new ArrayList<>();
    for (String cookie : cookies) {
      if (!isText(cookie)) {
        files.add(cookie.startsWith("@") ? cookie.substring(1) : cookie);
      }
    }
    return new CookieOptions(files, last);
  }

  /** {@return the cookies that were given as text, or null if there are none} */
  @Nullable String text() throws CommandException {
    List<String> texts = cookies.stream().filter(CookieArguments::isText).toList();
    String text = String.join("; ", texts);
    HeaderLine.checkFieldValue("-b: the text", text);
    return texts.isEmpty() ? null : text;
  }

  private static boolean isText(String cookie) {
    return cookie.indexOf('=') >= 0 && !cookie.startsWith("@");
  }
}
