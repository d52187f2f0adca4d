package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.text.Octets;
import io.httptrace.render.text.Reasons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * One {@code -d}: text, or {@code @FILE} for the content of a file ({@code @-}: standard input).
 *
 * @param argument the argument as the user gave it
 */
public record DataPart(String argument) {

  /**
   * {@return the body of several {@code -d}, joined with {@code &}}
   *
   * @param parts the parts
   * @param stdin read for {@code @-}
   * @throws CommandException if a file cannot be read
   */
  public static byte[] join(List<DataPart> parts, InputStream stdin) throws CommandException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        body.write('&');
      }
      body.writeBytes(parts.get(i).read(stdin));
    }
    return body.toByteArray();
  }

  private byte[] read(InputStream stdin) throws CommandException {
    if (!argument.startsWith("@")) {
      return Octets.encode(argument);
    }
    String file = argument.substring(1);
    try {
      return withoutLineEnds(
          file.equals("-") ? stdin.readAllBytes() : new LocalFile(file).readAllBytes());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.READ_ERROR, "-d: cannot read '" + file + "': " + Reasons.of(e));
    }
  }

  /** As curl does for {@code -d @FILE}: line ends and NUL are left out. */
  private static byte[] withoutLineEnds(byte[] content) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(content.length);
    for (byte b : content) {
      if (b != '\r' && b != '\n' && b != 0) {
        kept.write(b);
      }
    }
    return kept.toByteArray();
  }
}
