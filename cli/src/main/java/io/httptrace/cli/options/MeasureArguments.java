package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.gate.Slo;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about limits for what is measured. */
final class MeasureArguments {

  @Option(
      names = "--slo",
      paramLabel = "RULE[,RULE]...",
      description = "Fail if a limit is missed, such as 'ttfb<200ms' or 'total<=1.5s'.")
  private List<String> slo = new ArrayList<>();

  /**
   * {@return the options}
   *
   * @throws CommandException if they are invalid
   */
  MeasureOptions toOptions() throws CommandException {
    return slo.isEmpty() ? MeasureOptions.NONE : new MeasureOptions(Slo.parse(slo));
  }
}
