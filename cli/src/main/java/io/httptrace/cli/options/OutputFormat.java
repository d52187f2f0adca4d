package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import org.jspecify.annotations.Nullable;

/** The form in which the command says what has happened. */
public enum OutputFormat {
  /** The picture, for people. */
  TEXT,
  /** One JSON document: an object, or an array of them if several requests are asked for. */
  JSON,
  /** A JSON object on a line of its own for each request, as soon as that is over. */
  JSONL,
  /** A line of comma-separated values for each round trip, below a line with their names. */
  CSV;

  /**
   * {@return the format of an argument}
   *
   * @param text the argument, or null for the default
   * @throws CommandException if there is no such format
   */
  static OutputFormat parse(@Nullable String text) throws CommandException {
    if (text == null) {
      return TEXT;
    }
    return switch (text) {
      case "text" -> TEXT;
      case "json" -> JSON;
      case "jsonl" -> JSONL;
      case "csv" -> CSV;
      default ->
          throw CommandException.usage("--format: '" + text + "' is not text, json, jsonl or csv");
    };
  }
}
