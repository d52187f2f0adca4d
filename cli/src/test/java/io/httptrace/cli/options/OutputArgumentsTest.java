package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.cli.options.CurlOutput.Messages;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputArgumentsTest {

  @Test
  void eachOptionHasItsPlace() throws Exception {
    assertThat(output().curl()).isEqualTo(CurlOutput.DEFAULT);
    assertThat(output("-ivsSf", "-w", "%{http_code}\\n", "--max-filesize", "2k").curl())
        .isEqualTo(
            new CurlOutput(true, true, Messages.ERRORS, FailOn.STATUS, 2048L, "%{http_code}\\n"));
    assertThat(output("-s", "--fail-with-body").curl())
        .isEqualTo(
            new CurlOutput(false, false, Messages.NONE, FailOn.STATUS_WITH_BODY, null, null));
    assertThat(output("-S").curl()).isEqualTo(CurlOutput.DEFAULT);
  }

  @Test
  void longNamesAreTheSameOptions() throws Exception {
    assertThat(
            output(
                "--include", "--verbose", "--silent", "--show-error", "--fail", "--write-out", "x"))
        .isEqualTo(output("-ivsSfw", "x"));
    assertThat(bodies("--remote-name", "a.test/b")).isEqualTo(bodies("-O", "a.test/b"));
    assertThat(bodies("--output", "x", "a.test/b")).isEqualTo(bodies("-o", "x", "a.test/b"));
  }

  @Test
  void whatCannotBeMeantIsRefusedByName() {
    assertThatThrownBy(() -> output("-f", "--fail-with-body"))
        .hasMessage("-f and --fail-with-body exclude each other");
    assertThatThrownBy(() -> output("-OJ"))
        .hasMessage("-J: a name that the server chooses is not supported; -o is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   | 0",
        "17  | 17",
        "1k  | 1024",
        "3M  | 3145728",
        "2G  | 2147483648",
        "1p  | 1125899906842624",
      })
  void sizesCanHaveAUnit(String text, long size) throws Exception {
    assertThat(output("--max-filesize", text).curl().maxFileSize()).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''     | --max-filesize: '' is not a number of bytes",
        "k      | --max-filesize: 'k' is not a number of bytes",
        "-1     | --max-filesize: '-1' is not a number of bytes",
        "1x     | --max-filesize: '1x' is not a number of bytes",
        "999999999999999999P | --max-filesize: 999999999999999999P is too much",
      })
  void aBadSizeIsNamed(String text, String message) {
    assertThatThrownBy(() -> output("--max-filesize", text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/b/c?d/e#f/g, c",
    "a.test/x, x",
    "http:/a.test/%20a%2Fb, %20a%2Fb",
    "http://a.test/-, ./-",
    "http://a.test/a:b, a:b",
  })
  void aFileIsNamedLikeTheEndOfThePath(String url, String file) throws Exception {
    assertThat(bodies("-O", url)).containsExactly(file);
  }

  @ParameterizedTest
  @CsvSource({"http://a.test", "http://a.test/", "http://a.test/b/", "http://a.test/?b"})
  void aUrlWithoutAnEndHasNoName(String url) {
    CommandException error = catchThrowableOfType(CommandException.class, () -> bodies("-O", url));

    assertThat(error).hasMessage("-O: the URL does not end with a name for the file");
    assertThat(error.exitCode()).isEqualTo(ExitCode.WRITE_ERROR);
  }

  @Test
  void eachUrlHasAFileOfItsOwn() throws Exception {
    assertThat(bodies("-o", "x", "a.test/1", "-O", "a.test/2", "a.test/3"))
        .containsExactly("x", "2", null);
    assertThat(bodies("-o", "x", "-o", "y", "a.test/1")).containsExactly("x");
  }

  @Test
  void theTextCanBeInAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("format"), "a\r\nb%{url}\nc\n");

    assertThat(output("-w", "@" + file).curl().writeOut()).isEqualTo("ab%{url}c");
    assertThat(parse("x\ny", "-w", "@-", "a.test").get(0).output().curl().writeOut())
        .isEqualTo("xy");
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> output("-w", "@no/such"));
    assertThat(error).hasMessage("-w: cannot read 'no/such': no such file or directory");
    assertThat(error.exitCode()).isEqualTo(ExitCode.READ_ERROR);
  }

  private static Output output(String... args) throws CommandException {
    String[] all =
        Stream.concat(Stream.of(args), Stream.of("http://a.test/")).toArray(String[]::new);
    return parse("", all).get(0).output();
  }

  private static List<String> bodies(String... args) throws CommandException {
    return Arrays.asList(
        parse("", args).stream().map(options -> options.output().body()).toArray(String[]::new));
  }

  private static List<CommandOptions> parse(String stdin, String... args) throws CommandException {
    InputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    return CommandSyntax.parse("1", in, args).all();
  }
}
