package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.tls.CertificateFile;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to an option is what curl takes for it. */
final class OptionValuesTest {
  private static final String URL = "http://a.test/";

  @ParameterizedTest
  @ValueSource(strings = {"=abc", "=", "-I", "-", "--", "--head", "-d=x", "", " ", "'x'", "\"x\""})
  void whateverFollowsAnOptionIsItsValue(String value) throws Exception {
    List<DataPart> expected = List.of(text(value));

    assertThat(parse("-d", value, URL).request().body().data()).isEqualTo(expected);
    assertThat(parse("--data", value, URL).request().body().data()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=abc", "=", "==", "-I", "L", "'x'"})
  void theRestOfAWordIsTheValueWithAllThatIsInIt(String value) throws Exception {
    CommandOptions options = parse("-kd" + value, URL);

    assertThat(options.request().body().data()).containsExactly(text(value));
    assertThat(options.connection().tls().insecure()).isTrue();
  }

  @Test
  void aValueThatCanBeLeftOutIsANumber() throws Exception {
    assertThat(parse("--follow", URL).output().pictures().follow())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(parse("--follow", "-k", URL).connection().tls().insecure()).isTrue();
    assertThat(parse("--follow", ".5", URL).output().pictures().follow())
        .isEqualTo(Duration.ofMillis(500));
    assertThat(parse("--follow=10", URL).output().pictures().follow())
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(parse(URL).output().pictures()).isEqualTo(PictureOptions.DEFAULT);
    assertThat(parse("--cumulative", URL).output().pictures().cumulative()).isTrue();
    assertThatThrownBy(() -> parse("--follow", "0", URL))
        .hasMessage("--follow: the pause has to be longer than 0 seconds");
    assertThatThrownBy(() -> parse("--follow=soon", URL))
        .hasMessage("--follow: 'soon' is not a number of seconds");
  }

  @Test
  void soItIsForEveryOptionOfOneLetter() throws Exception {
    CommandOptions options =
        parse(
            "-X-I", "-A=me", "-u=a:b", "-b=a=1", "-c=jar", "-x=p", "-U=c:d", "-E=c:p", "-o=out",
            "-H", "-k:-L", URL);

    assertThat(options.request().method()).isEqualTo("-I");
    assertThat(options.request().fields().userAgent()).isEqualTo("=me");
    assertThat(options.request().fields().user()).isEqualTo("=a:b");
    assertThat(options.request().fields().cookie()).isEqualTo("=a=1");
    assertThat(options.followUps().cookies().jar()).isEqualTo("=jar");
    assertThat(options.connection().proxy().url()).isEqualTo("=p");
    assertThat(options.connection().proxy().user()).isEqualTo("=c:d");
    assertThat(options.connection().tls().certificate())
        .isEqualTo(new CertificateFile(new LocalFile("=c"), "p"));
    assertThat(options.output().body()).isEqualTo("=out");
    assertThat(options.request().headers()).containsExactly(new HeaderLine("-k", "-L"));
    assertThat(options.connection().tls().insecure()).isFalse();
  }

  @Test
  void aLongNameMayAlsoHaveItsValueBehindAnEqualsSign() throws Exception {
    assertThat(parse("--data=", "--data==a", "--data=-I", URL).request().body().data())
        .containsExactly(text(""), text("=a"), text("-I"));
  }

  @Test
  void afterTwoDashesThereAreNoOptions() throws Exception {
    assertThat(parse("-I", "--", URL)).isEqualTo(parse("-I", URL));
    assertThat(parse("--", "-I").target()).isEqualTo(Target.parse("http://-I/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-H=novalue  | -H: '=novalue' is not 'NAME: VALUE'",
        "-X=PUT      | -X: '=PUT' is not a method",
        "-m=3        | -m: '=3' is not a number of seconds",
        "-u=me       | -u: there is no password; it takes 'USER:PASSWORD'",
        "-L=true     | unknown option: '-=true'",
        "-LZk        | unknown option: '-Zk'",
      })
  void aWordThatIsWrongIsNamed(String word, String message) {
    assertThatThrownBy(() -> parse(word, URL))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
  }

  private static DataPart text(String argument) {
    return new DataPart(DataPart.Kind.TEXT, argument);
  }

  private static CommandOptions parse(String... args) throws CommandException {
    return Objects.requireNonNull(
        CommandSyntax.parse("1", InputStream.nullInputStream(), args).options());
  }
}
