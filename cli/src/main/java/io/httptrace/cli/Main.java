package io.httptrace.cli;

/** x. */
final class Main {
  private Main() {}
}
