package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.Exports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for files that others can open. */
final class ExportArguments {

  @Option(
      names = "--har",
      paramLabel = "FILE",
      description =
          "Write what happened as HAR 1.2, which browsers open, too. With '-' it goes to standard "
              + "output, and all else to standard error.")
  private @Nullable String har;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write what happened as one web page to look at and to send to others. '-' is as for "
              + "--har.")
  private @Nullable String html;

  /**
   * {@return the files}
   *
   * @param body where the body goes
   * @throws CommandException if more than one of them is standard output
   */
  Exports toOptions(@Nullable String body) throws CommandException {
    List<String> toStdout = new ArrayList<>();
    for (Map.Entry<String, @Nullable String> file : files(body).entrySet()) {
      if ("-".equals(file.getValue())) {
        toStdout.add(file.getKey() + " -");
      }
    }
    if (toStdout.size() > 1) {
      throw CommandException.usage(String.join(" and ", toStdout) + " exclude each other");
    }
    return new Exports(har, html);
  }

  private Map<String, @Nullable String> files(@Nullable String body) {
    Map<String, @Nullable String> files = new LinkedHashMap<>();
    files.put("-o", body);
    files.put("--har", har);
    files.put("--html", html);
    return files;
  }
}
