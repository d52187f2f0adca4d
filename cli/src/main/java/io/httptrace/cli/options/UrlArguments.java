package io.httptrace.cli.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about the URL. */
final class UrlArguments {

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
   * {@return all URLs}
   *
   * @param operands those that are given without an option
   */
  List<String> with(List<String> operands) {
    List<String> all = new ArrayList<>();
    for (String url : operands) {
      all.add(meant(url));
    }
    for (String url : urls) {
      all.add(meant(url));
    }
    return all;
  }

  /**
   * Browsers copy a URL with a backslash before each bracket and brace, so that curl takes none for
   * a glob.
   */
  private String meant(String url) {
    return literal ? url : url.replaceAll("\\\\([\\[\\]{}])", "$1");
  }
}
