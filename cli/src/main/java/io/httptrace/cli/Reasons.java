package io.httptrace.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for exceptions, for one line of text. */
final class Reasons {
  private Reasons() {}

  /**
   * {@return why something failed, on one line}
   *
   * @param error the failure
   */
  static String of(Throwable error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = error.getMessage();
    if (message == null || message.isBlank()) {
      return error.getClass().getSimpleName();
    }
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  /**
   * {@return why a phase failed, on one line} An error that begins with the name of the phase need
   * not say it again.
   *
   * @param error the failure
   * @param phase the name of the phase
   */
  static String of(Throwable error, String phase) {
    String reason = of(error);
    return reason.startsWith(phase + ": ") ? reason.substring(phase.length() + 2) : reason;
  }
}
