package io.httptrace.cli.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about the URLs. */
final class UrlArguments {
  private static final String URL = "--url=";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "What to request, the same as the URL alone.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = {"-g", "--globoff"},
      description = "A backslash before a bracket or brace in the URL is a part of it.")
  private boolean literal;

  /**
   * {@return the words with a {@code --url} for each URL without it} So all URLs are in one order.
   *
   * @param words the words, each option joined with its value
   */
  static String[] named(String... words) {
    List<String> named = new ArrayList<>();
    boolean options = true;
    for (String word : words) {
      if (options && word.equals(OptionValues.END_OF_OPTIONS)) {
        options = false;
      } else {
        named.add(options && word.startsWith("-") && word.length() > 1 ? word : URL + word);
      }
    }
    return named.toArray(String[]::new);
  }

  /** {@return all URLs, in their order} */
  List<String> all() {
    return urls.stream().map(this::meant).toList();
  }

  /**
   * Browsers copy a URL with a backslash before each bracket and brace, so that curl takes none for
   * a glob.
   */
  private String meant(String url) {
    return literal ? url : url.replaceAll("\\\\([\\[\\]{}])", "$1");
  }
}
