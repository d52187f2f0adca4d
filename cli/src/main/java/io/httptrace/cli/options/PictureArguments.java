package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.OptionText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what the picture shows, and how often. */
final class PictureArguments {

  @Option(
      names = "--cumulative",
      description =
          "Show the times from the start to each step too: namelookup, connect, appconnect, "
              + "pretransfer, starttransfer.")
  private boolean cumulative;

  @Option(
      names = "--follow",
      arity = "0..1",
      fallbackValue = "2",
      paramLabel = "[SECONDS]",
      description =
          "Make the request again after a pause (2 seconds), redraw the picture, and show each "
              + "phase over the last runs, until Ctrl-C; a line for each run if not on a terminal.")
  private @Nullable String follow;

  PictureOptions toOptions() throws CommandException {
    Duration pause = OptionText.seconds("--follow", follow);
    if (follow != null && pause == null) {
      throw CommandException.usage("--follow: the pause has to be longer than 0 seconds");
    }
    return new PictureOptions(cumulative, pause);
  }

  /**
   * Checks that there is something to follow.
   *
   * @param urls how many URLs there are
   * @throws CommandException if it is not one
   */
  void check(int urls) throws CommandException {
    if (follow != null && urls != 1) {
      throw CommandException.usage("--follow follows one URL, there are " + urls);
    }
  }
}
