package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.FormField.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormFieldSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1                        | a | TEXT | 1 | | ",
        "a=b=c                      | a | TEXT | b=c | | ",
        "`a=`                       | a | TEXT | `` | | ",
        "=1                         |   | TEXT | 1 | | ",
        "`a=  two words  `          | a | TEXT | two words | | ",
        "a=\"x;y\"                  | a | TEXT | x;y | | ",
        "a=\" x \"                  | a | TEXT | ` x ` | | ",
        "a=\"\\\"q\\\" \\\\ \\n\"   | a | TEXT | `\"q\" \\ \\n` | | ",
        "a=\"open                   | a | TEXT | \"open | | ",
        "a=x\"y\"                   | a | TEXT | x\"y\" | | ",
        "a=1;type=b/c               | a | TEXT | 1 | b/c | ",
        "a=1 ; TYPE= b/c ; charset=\"d\" ;filename= e ;type=f/g | a | TEXT | 1 | f/g | e",
        "a=1;type=b/c; charset=d    | a | TEXT | 1 | b/c; charset=d | ",
        "a=1;                       | a | TEXT | 1 | | ",
        "a=1,2                      | a | TEXT | 1,2 | | ",
        "a=x@y                      | a | TEXT | x@y | | ",
        "a=@f                       | a | FILE | f | | ",
        "a=@-                       | a | FILE | - | | ",
        "a=@\"f,;g\"                | a | FILE | f,;g | | ",
        "a=@f;filename=\"g;\\\"h\\\"\" | a | FILE | f | | g;\"h\"",
        "a=@f;filename=             | a | FILE | f | | ``",
        "a=<f                       | a | TEXT_OF_FILE | f | | ",
        "a=<f,g;type=b/c            | a | TEXT_OF_FILE | f,g | b/c | ",
      })
  void aFieldIsReadAsCurlReadsIt(
      String argument,
      @Nullable String name,
      Source source,
      String content,
      @Nullable String type,
      @Nullable String fileName)
      throws Exception {
    assertThat(FormFieldSyntax.parse(argument))
        .isEqualTo(new FormField(name, source, content, type, fileName));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a                | -F: 'a' is not 'NAME=CONTENT'",
        "a=1;type=b       | -F: 'b' is not a media type",
        "a=1;type=        | -F: '' is not a media type",
        "a=1;b            | -F: only 'type=' and 'filename=' can follow a semicolon; quotes around"
            + " the content, or --form-string, send the semicolon",
        "a=\"1\" 2        | -F: there is something after the closing quote",
        "a=1;headers=\"X: y\" | -F: 'headers=' is not supported",
        "a=1;encoder=base64 | -F: 'encoder=' is not supported",
        "a=@f,g           | -F: several files in one field are not supported; quote a name with a"
            + " comma in it",
        "a=@f;type=b/c,g  | -F: several files in one field are not supported; quote a name with a"
            + " comma in it",
        "a=<f;filename=g  | -F: 'filename=' cannot be given with '<'",
        "a=(;type=b/c     | -F: '(' for a group of parts is not supported; --form-string sends it",
      })
  void whatCannotBeMeantIsNamed(String argument, String message) {
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> FormFieldSyntax.parse(argument));

    assertThat(error).hasMessage(message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aTypeThatWouldEndTheLineIsRefused() {
    CommandException error =
        catchThrowableOfType(
            CommandException.class, () -> FormFieldSyntax.parse("a=1;type=b/c;d\r\nX: y"));

    assertThat(error).hasMessage("-F: the type holds a character that cannot be sent: \\x0d");
  }

  @Test
  void aLiteralFieldHasNothingSpecial() throws Exception {
    assertThat(FormField.literal("a= @b;type=c/d \"e"))
        .isEqualTo(new FormField("a", Source.TEXT, " @b;type=c/d \"e", null, null));
  }
}
