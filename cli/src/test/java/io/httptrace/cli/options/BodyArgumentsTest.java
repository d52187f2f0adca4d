package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for what is sent that cannot be meant, alone or together. */
final class BodyArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-I;--data-raw;x;-d;y   | -I and --data-raw exclude each other",
        "-I;--json;x            | -I and --json exclude each other",
        "-I;-F;a=b              | -I and -F exclude each other",
        "-I;-T;f                | -I and -T exclude each other",
        "-d;x;-F;a=b            | -d and -F exclude each other",
        "--data-urlencode;x;-T;f | --data-urlencode and -T exclude each other",
        "--form-string;a=b;-T;f | --form-string and -T exclude each other",
        "-G;-F;a=b              | -G and -F exclude each other",
        "-G;-d;x;-T;f           | -G and -T exclude each other",
        "-T;f;-T;g              | -T: there are 2 files to send, but not as many URLs",
        "-F;a                   | -F: 'a' is not 'NAME=CONTENT'",
        "-F;a=b;-F;c            | -F: 'c' is not 'NAME=CONTENT'",
        "--form-string;a        | --form-string: 'a' is not 'NAME=TEXT'",
        "-F;a=(;-F;b=c          | -F: '(' for a group of parts is not supported; --form-string"
            + " sends it",
        "-F;=)                  | -F: ')' for a group of parts is not supported; --form-string"
            + " sends it",
        "-F;a=@b,c              | -F: several files in one field are not supported; quote a name"
            + " with a comma in it",
        "-r;-                   | -r: '-' is not a range",
        "-r;bytes=0-1           | -r: 'bytes=0-1' is not a range",
        "-r;0-1;-d;x            | -r: a range cannot be asked for with a body",
      })
  void eachErrorNamesWhatWasWrong(String options, String message) {
    String[] args = (options + ";http://a.test/").split(";", -1);
    CommandException error =
        catchThrowableOfType(
            CommandException.class,
            () -> CommandSyntax.parse("1", InputStream.nullInputStream(), args));

    assertThat(error).hasMessage(message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--data-raw",
        "--data-binary",
        "--data-urlencode",
        "--json",
        "-F",
        "--form-string",
        "-T",
        "-e",
        "-r",
        "--url"
      })
  void anOptionWithoutItsValueIsNamed(String option) {
    CommandException error =
        catchThrowableOfType(
            CommandException.class,
            () ->
                CommandSyntax.parse("1", InputStream.nullInputStream(), "http://a.test/", option));

    assertThat(error).hasMessageStartingWith("missing required parameter for option '-");
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
