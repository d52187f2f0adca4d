package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.failure.CommandException;
import java.io.InputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an option that does not exist. */
final class NearestOptionTest {

  @ParameterizedTest
  @CsvSource({
    "--hedder, --header",
    "--headre, --header",
    "--insec, --insecure",
    "--fial, --fail",
    "--max-rediers, --max-redirs",
    "--connect-timout, --connect-timeout",
    "--Proxy, --proxy",
    "--locatoin=1, --location",
  })
  void aNearNameIsSuggested(String given, String meant) {
    assertThat(message(given))
        .isEqualTo("unknown option: '" + given + "'; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-such", "--ftp-port", "--dump-header", "--x", "--zzz", "-Z", "-Zk"})
  void nothingIsSuggestedIfNothingIsNear(String given) {
    assertThat(message(given)).isEqualTo("unknown option: '" + given + "'");
  }

  @Test
  void nothingIsSuggestedIfSeveralAreAsNear() {
    assertThat(message("--cooki")).isEqualTo("unknown option: '--cooki'");
    assertThat(message("--ipv5")).isEqualTo("unknown option: '--ipv5'");
  }

  @Test
  void severalUnknownOptionsAreNamed() {
    assertThat(message("--hedder", "--nope")).isEqualTo("unknown options: '--hedder', '--nope'");
  }

  private static String message(String... args) {
    return Assertions.catchThrowableOfType(
            CommandException.class,
            () -> CommandSyntax.parse("1", InputStream.nullInputStream(), args))
        .getMessage();
  }
}
