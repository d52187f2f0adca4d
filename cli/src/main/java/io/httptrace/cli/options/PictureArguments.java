package io.httptrace.cli.options;

import picocli.CommandLine.Option;

/** The options for what the picture shows. */
final class PictureArguments {

  @Option(
      names = "--cumulative",
      description =
          "Show the times from the start to each step too: namelookup, connect, appconnect, "
              + "pretransfer, starttransfer.")
  private boolean cumulative;

  PictureOptions toOptions() {
    return new PictureOptions(cumulative);
  }
}
