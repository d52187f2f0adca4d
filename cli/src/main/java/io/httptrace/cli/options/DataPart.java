package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.Escapes;
import io.httptrace.cli.text.InputFile;
import io.httptrace.cli.text.Octets;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One option with data for the body, as curl has them.
 *
 * @param kind which of the options it is
 * @param argument the argument as the user gave it
 */
public record DataPart(Kind kind, String argument) {

  /** The options with data. */
  public enum Kind {
    /** Text, or {@code @FILE} for the content of a file without its line ends. */
    TEXT("-d"),
    /** Text, whatever it begins with. */
    RAW("--data-raw"),
    /** Text, or {@code @FILE} for the content of a file as it is. */
    BINARY("--data-binary"),
    /** Text or a file to be percent-encoded, with or without a name before it. */
    URL_ENCODED("--data-urlencode"),
    /** As {@link #BINARY}, but joined without {@code &}. */
    JSON("--json");

    private final String option;

    Kind(String option) {
      this.option = option;
    }

    /** {@return the name of the option} */
    String option() {
      return option;
    }
  }

  /**
   * {@return the data of several options, joined with {@code &}}
   *
   * @param parts the parts
   * @param stdin read for {@code @-}
   * @throws CommandException if a file cannot be read
   */
  public static byte[] join(List<DataPart> parts, InputStream stdin) throws CommandException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0 && parts.get(i).kind != Kind.JSON) {
        body.write('&');
      }
      body.writeBytes(parts.get(i).read(stdin));
    }
    return body.toByteArray();
  }

  private byte[] read(InputStream stdin) throws CommandException {
    if (kind == Kind.URL_ENCODED) {
      return encoded(stdin);
    }
    if (kind == Kind.RAW || !argument.startsWith("@")) {
      return Octets.encode(argument);
    }
    byte[] content = InputFile.read(kind.option, argument.substring(1), stdin);
    return kind == Kind.TEXT ? withoutLineEnds(content) : content;
  }

  /**
   * {@code CONTENT}, {@code =CONTENT}, {@code NAME=CONTENT}, {@code @FILE} or {@code NAME@FILE}. An
   * equals sign anywhere comes before an {@code @}. The name is sent as it is.
   */
  private byte[] encoded(InputStream stdin) throws CommandException {
    int equals = argument.indexOf('=');
    int mark = equals >= 0 ? equals : argument.indexOf('@');
    String name = argument.substring(0, Math.max(0, mark));
    String rest = argument.substring(mark + 1);
    byte[] content =
        equals < 0 && mark >= 0 ? InputFile.read(kind.option, rest, stdin) : Octets.encode(rest);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!name.isEmpty()) {
      out.writeBytes(Octets.encode(name));
      out.write('=');
    }
    String value = Escapes.encodeAll(content).replace("%20", "+");
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
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
