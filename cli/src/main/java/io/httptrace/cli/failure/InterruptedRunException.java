package io.httptrace.cli.failure;

/** A request was stopped because the process has been told to end. */
public final class InterruptedRunException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes an error. */
  public InterruptedRunException() {
    super("interrupted");
  }
}
