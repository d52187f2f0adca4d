package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "user-agent me          | --user-agent | me",
        "user-agent = me        | --user-agent | me",
        "user-agent:me          | --user-agent | me",
        "user-agent \"a b\" # c | --user-agent | a b",
        "  -A me you            | -A           | me",
        "-A \"a\\tb\\\"c\\\\\\x\" | -A         | a\tb\"c\\x",
        "--user-agent =me       | --user-agent | =me",
        "data \"\"              | --data       | ^^",
        "location               | --location   |",
      })
  void aLineIsAnOptionAndItsValue(String line, String option, @Nullable String value) {
    assertThat(ConfigLine.parse(line)).isEqualTo(new ConfigLine(option, value));
  }

  @ParameterizedTest
  @CsvSource(value = {"''", "'  '", "# x", "'  # x'", "*"})
  void othersSayNothing(String line) {
    assertThat(ConfigLine.parse(line)).isNull();
  }

  @Test
  void anOptionMayHaveAValueThatIsNotNeeded() throws Exception {
    assertThat(parse("follow = 5", "-K-", "a.test").output().pictures().follow())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(parse("follow", "-K-", "a.test").output().pictures().follow())
        .isEqualTo(parse("", "a.test", "--follow").output().pictures().follow());
  }

  @Test
  void optionsOfAFileStandWhereItIsNamed() throws Exception {
    Path inner = Files.writeString(directory.resolve("inner"), "-X PATCH\r\n-sS\n-HA: b\n");
    Path outer = Files.writeString(directory.resolve("outer"), "-X PUT\nconfig = " + inner + "\n");

    CommandOptions options = parse("", "-X", "GET", "--config", outer.toString(), "a.test");
    assertThat(options.request().method()).isEqualTo("PATCH");
    assertThat(options.output().curl().messages()).isEqualTo(CurlOutput.Messages.ERRORS);
    assertThat(options.request().headers()).hasSize(1);
    assertThat(parse("", "-K", outer.toString(), "-X", "GET", "a.test").request().method())
        .isEqualTo("GET");
    assertThat(parse("-X PUT", "-K-", "a.test").request().method()).isEqualTo("PUT");
    assertThat(parse("", "-d", "-K", "a.test").request().body().data())
        .containsExactly(new DataPart(DataPart.Kind.TEXT, "-K"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hedder x   | :2: unknown option: '--hedder'; did you mean --header?",
        "-Z         | :2: unknown option: '-Z'",
        "header     | :2: '--header' needs a value",
        "location x | :2: '--location' takes no value, as 'x'",
      })
  void aBadLineIsNamed(String line, String message) throws Exception {
    Path file = Files.writeString(directory.resolve("config"), "# first\n" + line + "\n");
    CommandException error = failure("-K", file.toString(), "a.test");

    assertThat(error).hasMessage("-K: " + file + message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    assertThat(failure("-K", "no/such"))
        .hasMessage("-K: cannot read 'no/such': no such file or directory")
        .satisfies(error -> assertThat(error.exitCode()).isEqualTo(ExitCode.READ_ERROR));
    Path loop = directory.resolve("loop");
    Files.writeString(loop, "-K " + loop);
    assertThat(failure("-K", loop.toString()))
        .hasMessage("-K: '" + loop + "' is named by too many files in turn");
  }

  private static CommandException failure(String... args) {
    return catchThrowableOfType(CommandException.class, () -> parse("", args));
  }

  private static CommandOptions parse(String stdin, String... args) throws CommandException {
    InputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    return CommandSyntax.parse("1", in, args).all().get(0);
  }
}
