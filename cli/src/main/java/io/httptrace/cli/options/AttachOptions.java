package io.httptrace.cli.options;

import io.httptrace.cli.options.CommandOptions.Color;

/**
 * The options of {@code httptrace attach}.
 *
 * @param target the number of the process, or its main class or jar
 * @param format {@link OutputFormat#TEXT} or {@link OutputFormat#JSONL}
 * @param color when to use colour
 * @param showSecrets whether to leave secrets unmasked
 */
public record AttachOptions(String target, OutputFormat format, Color color, boolean showSecrets) {

  /** {@return whether to print timelines as JSON} */
  public boolean json() {
    return format == OutputFormat.JSONL;
  }
}
