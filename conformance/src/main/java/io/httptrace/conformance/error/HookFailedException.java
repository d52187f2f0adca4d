package io.httptrace.conformance.error;

import java.io.IOException;

/** A hook has thrown, because the scenario says so. */
public final class HookFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public HookFailedException() {
    super("the hook refused the informational response");
  }
}
