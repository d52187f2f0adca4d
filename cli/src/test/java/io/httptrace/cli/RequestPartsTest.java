package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandSyntax;
import io.httptrace.cli.options.DataPart;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.request.Requests;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestPartsTest {
  private static final URI URI_A = URI.create("http://a.test/");
  private static final InputStream NO_INPUT = InputStream.nullInputStream();

  @Test
  void sendsWhoItIsAndThatItTakesAnything() throws Exception {
    HttpRequest request = request();

    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.headers().map())
        .isEqualTo(Map.of("User-Agent", List.of("httptrace/9"), "Accept", List.of("*/*")));
    assertThat(request.bodyPublisher().orElseThrow().contentLength()).isZero();
  }

  @Test
  void sendsAFormWithData() throws Exception {
    HttpRequest request = request("-d", "abc");

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.headers().firstValue("Content-Type"))
        .contains("application/x-www-form-urlencoded");
    assertThat(request.bodyPublisher().orElseThrow().contentLength()).isEqualTo(3);
  }

  @Test
  void whatIsGivenReplacesWhatItWouldSend() throws Exception {
    HttpRequest request =
        request(
            "-H", "accept: a/b", "-H", "accept: c/d", "-H", "CONTENT-TYPE:", "-d", "x", "-A", "");

    assertThat(request.headers().map()).isEqualTo(Map.of("accept", List.of("a/b", "c/d")));
  }

  @Test
  void headersCanComeFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("fields"), "X-A: 1\r\n\nAccept:\n");
    InputStream stdin = new ByteArrayInputStream("X-C: 3\n".getBytes(StandardCharsets.UTF_8));

    HttpRequest request = requestWith(stdin, "-H", "@" + file, "-H", "X-B: 2", "-H", "@-");

    assertThat(request.headers().map())
        .isEqualTo(
            Map.of(
                "User-Agent",
                List.of("httptrace/9"),
                "X-A",
                List.of("1"),
                "X-B",
                List.of("2"),
                "X-C",
                List.of("3")));
  }

  @Test
  void aFileOfHeadersThatCannotBeReadIsNamed() {
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> request("-H", "@no/such/file"));

    assertThat(error).hasMessage("-H: cannot read 'no/such/file': no such file or directory");
    assertThat(error.exitCode()).isEqualTo(ExitCode.READ_ERROR);
  }

  @Test
  void aHeaderCanBeEmpty() throws Exception {
    assertThat(request("-H", "X-Empty;").headers().firstValue("X-Empty")).contains("");
  }

  @Test
  void theHostCanBeSet() throws Exception {
    assertThat(request("-H", "Host: b.test").headers().firstValue("Host")).contains("b.test");
  }

  @Test
  void expectationIsTheClientsToSend() throws Exception {
    HttpRequest request = request("-H", "Expect: 100-continue", "-d", "x");

    assertThat(request.expectContinue()).isTrue();
    assertThat(request.headers().firstValue("Expect")).isEmpty();
  }

  @Test
  void aHeaderThatIsTheClientsAloneIsRefused() {
    CommandException error =
        catchThrowableOfType(
            CommandException.class, () -> request("-H", "Content-Length: 5", "-d", "x"));

    assertThat(error)
        .hasMessage("-H: 'Content-Length' cannot be set to another length than that of the body");
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aMethodThatIsNotForRequestsIsRefused() {
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> request("-X", "CONNECT"));

    assertThat(error).hasMessage("-X: 'CONNECT' cannot be sent");
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void userInfoOfTheUrlIsBasicAuthentication() throws Exception {
    Target target = Target.parse("http://Aladdin:open%20sesame@a.test/");
    HttpRequest request =
        Requests.of(parse(NO_INPUT), target.uri(), target.userInfo(), Payload.NONE, "9");

    // The example of RFC 7617, section 2.
    assertThat(request.headers().firstValue("Authorization"))
        .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(request.uri()).isEqualTo(URI_A);
  }

  @Test
  void severalDataAreJoined() throws Exception {
    assertThat(join(NO_INPUT, "a=1", "b=2", "")).isEqualTo("a=1&b=2&");
    assertThat(join(NO_INPUT, "same", "same")).isEqualTo("same&same");
    assertThat(join(NO_INPUT, "ä")).isEqualTo("ä");
  }

  @Test
  void dataOfAFileIsSentWithoutItsLineEnds(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("data"), "a=1\r\nb=2\n\0c");
    InputStream stdin = new ByteArrayInputStream("in\nput".getBytes(StandardCharsets.UTF_8));

    assertThat(join(stdin, "@" + file, "@-")).isEqualTo("a=1b=2c&input");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> join(NO_INPUT, "@no/such/file"));

    assertThat(error).hasMessage("-d: cannot read 'no/such/file': no such file or directory");
    assertThat(error.exitCode()).isEqualTo(ExitCode.READ_ERROR);
  }

  private static String join(InputStream stdin, String... parts) throws CommandException {
    List<DataPart> data =
        Stream.of(parts).map(part -> new DataPart(DataPart.Kind.TEXT, part)).toList();
    return new String(DataPart.join(data, stdin), StandardCharsets.UTF_8);
  }

  private static HttpRequest request(String... args) throws CommandException {
    return requestWith(NO_INPUT, args);
  }

  private static HttpRequest requestWith(InputStream stdin, String... args)
      throws CommandException {
    CommandOptions options = parse(stdin, args);
    Payload payload = Payload.of(options.request(), NO_INPUT);
    return Requests.of(options, URI_A, null, payload, "9");
  }

  private static CommandOptions parse(InputStream stdin, String... args) throws CommandException {
    CommandOptions options = CommandSyntax.parse("9", stdin, args).options();
    if (options == null) {
      throw new AssertionError("no options");
    }
    return options;
  }
}
