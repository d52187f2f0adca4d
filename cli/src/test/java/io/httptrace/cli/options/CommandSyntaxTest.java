package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.CommandOptions.CookieOptions;
import io.httptrace.cli.options.CommandOptions.Exports;
import io.httptrace.cli.options.CommandOptions.FieldOptions;
import io.httptrace.cli.options.CommandOptions.FollowUpOptions;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.CommandOptions.Style;
import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.ConnectionOptions.ProxyOptions;
import io.httptrace.cli.options.ConnectionOptions.TlsOptions;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.tls.CertificateFile;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandSyntaxTest {
  private static final String HOST = "http://a.test/";

  @Test
  void aUrlAloneIsAGetWithNothingSpecial() throws Exception {
    assertThat(parse(HOST))
        .isEqualTo(
            new CommandOptions(
                new Target(URI.create(HOST), null),
                new RequestOptions("GET", List.of(), BodyOptions.NONE, FieldOptions.NONE),
                new ConnectionOptions(
                    ProtocolChoice.ANY,
                    new TlsOptions(false, null, null, null, TlsVersions.ANY),
                    new ProxyOptions(null, null, null),
                    new AddressOptions(AddressFamily.ANY, List.of()),
                    null,
                    null),
                new FollowUpOptions(
                    false, 50, false, new CookieOptions(List.of(), null), RetryOptions.NONE),
                new Output(
                    null,
                    false,
                    OutputFormat.TEXT,
                    new Exports(null, null),
                    new Style(Color.AUTO, false, PictureOptions.DEFAULT),
                    CurlOutput.DEFAULT),
                MeasureOptions.NONE));
  }

  @Test
  void everyOptionHasItsPlace() throws Exception {
    CommandOptions options =
        parse(
            "-XPUT",
            "-HA: b",
            "-HC;",
            "-dx=1",
            "-d@file",
            "-Ame",
            "-ehttp://b.test/",
            "-uyou:secret",
            "--compressed",
            "-L",
            "--max-redirs",
            "3",
            "-b",
            "a=1; b=2",
            "-b",
            "jar.txt",
            "-bc=3",
            "-b",
            "@d=4",
            "-c-",
            "--http2",
            "--http1.1",
            "-x",
            "socks5://p.test",
            "-U",
            "u:p",
            "--noproxy",
            "b.test",
            "-k",
            "--cacert",
            "ca.pem",
            "--cert",
            "C\\:\\me.pem:pass:word",
            "--key",
            "key.pem",
            "-6",
            "--resolve",
            "a.test:443:192.0.2.1,[2001:db8::1]",
            "--connect-timeout",
            "1.5",
            "-m30",
            "-oout",
            "--events",
            "--format",
            "jsonl",
            "--har",
            "a.har",
            "--html",
            "a.html",
            "--color",
            "always",
            "--show-secrets",
            "https://me:pw@a.test:8443/p?q#f");

    assertThat(options)
        .isEqualTo(
            new CommandOptions(
                new Target(URI.create("https://a.test:8443/p?q"), "me:pw"),
                new RequestOptions(
                    "PUT",
                    List.of(new HeaderLine("A", "b"), new HeaderLine("C", "")),
                    new BodyOptions(
                        List.of(
                            new DataPart(DataPart.Kind.TEXT, "x=1"),
                            new DataPart(DataPart.Kind.TEXT, "@file")),
                        false,
                        List.of(),
                        null),
                    new FieldOptions("me", "you:secret", "a=1; b=2; c=3", "http://b.test/", null)),
                new ConnectionOptions(
                    ProtocolChoice.HTTP_1_1,
                    new TlsOptions(
                        true,
                        new LocalFile("ca.pem"),
                        new CertificateFile(new LocalFile("C:\\me.pem"), "pass:word"),
                        new LocalFile("key.pem"),
                        TlsVersions.ANY),
                    new ProxyOptions("socks5://p.test", "u:p", "b.test"),
                    new AddressOptions(
                        AddressFamily.IPV6,
                        List.of(
                            new ResolveEntry(
                                "a.test",
                                443,
                                List.of(
                                    InetAddress.getByName("192.0.2.1"),
                                    InetAddress.getByName("2001:db8::1"))))),
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(30)),
                new FollowUpOptions(
                    true,
                    3,
                    true,
                    new CookieOptions(List.of("jar.txt", "d=4"), "-"),
                    RetryOptions.NONE),
                new Output(
                    "out",
                    true,
                    OutputFormat.JSONL,
                    new Exports("a.har", "a.html"),
                    new Style(Color.ALWAYS, true, PictureOptions.DEFAULT),
                    CurlOutput.DEFAULT),
                MeasureOptions.NONE));
  }

  @Test
  void longNamesAreTheSameOptions() throws Exception {
    assertThat(
            parse(
                "--request",
                "PUT",
                "--header",
                "A: b",
                "--data",
                "x",
                "--insecure",
                "--output",
                "f",
                "--max-time",
                "1",
                "--user-agent",
                "me",
                "--ipv4",
                "--user",
                "a:b",
                "--cookie",
                "a=b",
                "--cookie-jar",
                "j",
                "--location",
                "--proxy",
                "p",
                "--proxy-user",
                "c:d",
                HOST))
        .isEqualTo(
            parse(
                "-XPUT", "-HA: b", "-dx", "-kof", "-m1", "-Ame", "-4", "-ua:b", "-ba=b", "-cj",
                "-Lxp", "-Uc:d", HOST));
    assertThat(parse("-E", "c:p", HOST)).isEqualTo(parse("--cert", "c:p", HOST));
    assertThat(parse("--head", HOST)).isEqualTo(parse("-I", HOST));
  }

  @Test
  void dataMakesAPostAndHeadAHead() throws Exception {
    assertThat(parse("-d", "", HOST).request().method()).isEqualTo("POST");
    assertThat(parse("-d", "x", "-X", "PATCH", HOST).request().method()).isEqualTo("PATCH");
    assertThat(parse("-I", HOST).request().method()).isEqualTo("HEAD");
    assertThat(parse("-I", "-X", "GET", HOST).request().method()).isEqualTo("GET");
  }

  @Test
  void theLastOfAnOptionThatCanOnlyBeOnceCounts() throws Exception {
    assertThat(parse("-X", "PUT", "-X", "DELETE", HOST).request().method()).isEqualTo("DELETE");
  }

  @Test
  void minusOneIsNoLimitForRedirects() throws Exception {
    assertThat(parse("--max-redirs", "-1", HOST).followUps().maxRedirects())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void theLastProtocolCounts() throws Exception {
    assertThat(parse("--http1.1", "--http2", HOST).connection().protocol())
        .isEqualTo(ProtocolChoice.HTTP_2);
    assertThat(parse("--http2", "--http2-prior-knowledge", HOST).connection().protocol())
        .isEqualTo(ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE);
  }

  @Test
  void withoutAUrlThereIsNoTarget() throws Exception {
    assertThat(parse("--events").target()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-H;novalue             | -H: 'novalue' is not 'NAME: VALUE'",
        "-H;: x                 | -H: ': x' is not 'NAME: VALUE'",
        "-H;a b: x              | -H: 'a b' is not a name of a header field",
        "-X;GET /               | -X: 'GET /' is not a method",
        "-X;                    | -X: '' is not a method",
        "-m;soon                | -m: 'soon' is not a number of seconds",
        "-m;-1                  | -m: '-1' is not a number of seconds",
        "-m;.                   | -m: '.' is not a number of seconds",
        "-m;99999999999         | -m: 99999999999 seconds is too long",
        "--connect-timeout;1s   | --connect-timeout: '1s' is not a number of seconds",
        "--resolve;a.test       | --resolve: 'a.test' is not 'HOST:PORT:ADDRESS[,ADDRESS]...'",
        "--resolve;a.test:80    | --resolve: 'a.test:80' is not 'HOST:PORT:ADDRESS[,ADDRESS]...'",
        "--resolve;a.test:x:1.2.3.4 | --resolve: 'x' is not a port",
        "--resolve;a.test:80:b.test | --resolve: 'b.test' is not an IP address",
        "--resolve;a.test:80:1.2.3.4, | --resolve: '' is not an IP address",
        "--resolve;a.test:80:1.2.3.999 | --resolve: '1.2.3.999' is not an IP address",
        "--resolve;a.test:80:[1.2.3.4] | --resolve: '[1.2.3.4]' is not an IP address",
        "--color;blue           | --color: 'blue' is not auto, always or never",
        "--completion;csh       | --completion: 'csh' is not bash, zsh or fish",
        "--format;xml           | --format: 'xml' is not text, json, jsonl or csv",
        "--format;              | --format: '' is not text, json, jsonl or csv",
        "-o;-;--har;-           | -o - and --har - exclude each other",
        "--html;-;--har;-       | --har - and --html - exclude each other",
        "-4;-6                  | -4 and -6 exclude each other",
        "-I;-d;x                | -I and -d exclude each other",
        "--no-such              | unknown option: '--no-such'",
        "-u;me                  | -u: there is no password; it takes 'USER:PASSWORD'",
        "-U;me                  | -U: there is no password; it takes 'USER:PASSWORD'",
        "--key;k                | --key: there is no --cert that it belongs to",
        "--max-redirs;many      | --max-redirs: 'many' is not a number, or -1",
        "--max-redirs;-2        | --max-redirs: '-2' is not a number, or -1",
      })
  void eachErrorNamesWhatWasWrong(String options, String message) {
    String[] args = (options + ";" + HOST).split(";", -1);
    CommandException error = failure(args);

    assertThat(error).hasMessage(message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-X",
        "-H",
        "-d",
        "-o",
        "-m",
        "-A",
        "--cacert",
        "--resolve",
        "-u",
        "-b",
        "-c",
        "-x",
        "-U",
        "--completion",
        "--format",
        "--har",
        "--html"
      })
  void anOptionWithoutItsValueIsNamed(String option) {
    CommandException error = failure(HOST, option);

    assertThat(error).hasMessageStartingWith("missing required parameter for option '-");
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void helpNamesEveryExitCode() throws Exception {
    String help =
        String.valueOf(
            CommandSyntax.parse("1", InputStream.nullInputStream(), "--help", "all").text());

    assertThat(help).startsWith("Usage: httptrace [OPTION]... [URL]...\n");
    for (ExitCode code : ExitCode.values()) {
      String firstWords = code.meaning().substring(0, 20);
      assertThat(help).contains(String.format("  %3d   %s", code.number(), firstWords));
    }
    assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
  }

  @Test
  void versionIsOneLine() throws Exception {
    assertThat(CommandSyntax.parse("1.2.3", InputStream.nullInputStream(), "-V").text())
        .isEqualTo("httptrace 1.2.3\n");
  }

  private static CommandOptions parse(String... args) throws CommandException {
    @Nullable CommandOptions options =
        CommandSyntax.parse("1", InputStream.nullInputStream(), args).options();
    if (options == null) {
      throw new AssertionError("no options");
    }
    return options;
  }

  private static CommandException failure(String... args) {
    return catchThrowableOfType(
        CommandException.class,
        () -> CommandSyntax.parse("1", InputStream.nullInputStream(), args));
  }
}
