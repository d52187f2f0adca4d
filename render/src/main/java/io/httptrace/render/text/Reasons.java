package io.httptrace.render.text;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words for exceptions, for one line of text. */
public final class Reasons {
  /** The name of a class and a colon, as an exception begins its text with that of its cause. */
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(?<![\\w./])(?:[a-z][a-z0-9_]*\\.)+[A-Z][A-Za-z0-9$]*(?:Exception|Error): ?");

  private Reasons() {}

  /** {@return the name of an exception without a message, as words} */
  private static String words(Throwable error) {
    Class<?> named = error.getClass();
    while (named.isAnonymousClass()) {
      named = named.getSuperclass();
    }
    String name = named.getSimpleName().replaceFirst("(?<=.)(?:Exception|Error)$", "");
    if (name.equals("IO")) {
      return "input/output error";
    }
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * {@return why something failed, on one line}
   *
   * @param error the failure
   */
  public static String of(Throwable error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = message(error);
    if (message == null || message.isBlank()) {
      return words(error);
    }
    String text = CLASS_NAME.matcher(message).replaceAll("").strip();
    return text.isEmpty() ? message.strip() : text.replaceAll("\\s*\\R\\s*", "; ");
  }

  /**
   * {@return the message of an exception; null if it has none, or throws when it is asked for it}
   *
   * @param error the exception
   */
  public static @Nullable String message(Throwable error) {
    try {
      return error.getMessage();
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * {@return why a phase failed, on one line} An error that begins with the name of the phase need
   * not say it again.
   *
   * @param error the failure
   * @param phase the name of the phase
   */
  public static String of(Throwable error, String phase) {
    String reason = of(error);
    return reason.startsWith(phase + ": ") ? reason.substring(phase.length() + 2) : reason;
  }
}
