package io.httptrace.cli;

import io.httptrace.cli.cookies.CookieFile;
import io.httptrace.cli.cookies.CookieJar;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions.CookieOptions;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.render.text.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The cookies of the command: read from the files of {@code -b}, written to that of {@code -c}. */
final class CookieStore {
  private final CookieOptions options;
  private final @Nullable CookieJar jar;

  private CookieStore(CookieOptions options, @Nullable CookieJar jar) {
    this.options = options;
    this.jar = jar;
  }

  /**
   * {@return a store with the cookies of the files} As with curl, a file that does not exist has
   * none.
   *
   * @param options the files
   * @param shell has standard input for {@code -}
   * @throws CommandException if a file cannot be read
   */
  static CookieStore open(CookieOptions options, Shell shell) throws CommandException {
    if (!options.kept()) {
      return new CookieStore(options, null);
    }
    CookieJar jar = new CookieJar(InstantSource.system());
    for (String file : options.files()) {
      CookieFile.parse(read(file, shell)).forEach(jar::add);
    }
    return new CookieStore(options, jar);
  }

  private static String read(String file, Shell shell) throws CommandException {
    if (file.isEmpty()) {
      return "";
    }
    try {
      byte[] bytes =
          file.equals("-") ? shell.stdin().readAllBytes() : new LocalFile(file).readAllBytes();
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.READ_ERROR, "-b: cannot read '" + file + "': " + Reasons.of(e));
    }
  }

  /** {@return the jar, or null if no cookies are kept} */
  @Nullable CookieJar jar() {
    return jar;
  }

  /**
   * Writes the cookies, if there is a {@code -c}.
   *
   * @param shell has standard output for {@code -}, and standard error
   * @param exitCode the exit code so far
   * @return the exit code
   */
  ExitCode save(Shell shell, ExitCode exitCode) {
    String file = options.jar();
    if (file == null || jar == null) {
      return exitCode;
    }
    byte[] text = CookieFile.text(jar.cookies()).getBytes(StandardCharsets.ISO_8859_1);
    if (file.equals("-")) {
      shell.stdout().write(text);
      return exitCode;
    }
    try {
      new LocalFile(file).write(text);
      return exitCode;
    } catch (IOException e) {
      RequestReport.complain(shell, "-c: cannot write '" + file + "': " + Reasons.of(e));
      return exitCode == ExitCode.OK ? ExitCode.WRITE_ERROR : exitCode;
    }
  }
}
