package io.httptrace.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import java.io.InputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a URL of the command line is read. */
final class TargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.test           | http://example.test/",
        "example.test:8080/x    | http://example.test:8080/x",
        "example.test/?u=http://b.test | http://example.test/?u=http://b.test",
        "HTTPS://example.test   | https://example.test/",
        "https://[::1]:8443     | https://[::1]:8443/",
        "http://a.test/%20?%20#x | http://a.test/%20?%20",
        "http://a.test?x=1      | http://a.test/?x=1",
        "http:/a.test/          | http://a.test/",
        "http:///a.test/        | http://a.test/",
        "http://a.test:080      | http://a.test:80/",
        "http://a.test:/        | http://a.test/",
        "a.test/../b/./c/..?../d | http://a.test/b/?../d",
        "a.test/%2e/a//b        | http://a.test/%2e/a//b",
        "a.test/\u00e9?\udcff#\u00e9#x | http://a.test/%C3%A9?%FF",
        "http://a_b/            | http://a_b/",
        "http://-a_.b-.1/       | http://-a_.b-.1/",
        "http://127.1/          | http://127.0.0.1/",
        "http://0x7f.0.1:8080/  | http://127.0.0.1:8080/",
        "http://2130706433/     | http://127.0.0.1/",
        "http://0177.0.0.01/    | http://127.0.0.1/",
        "http://127.0.0.256/    | http://127.0.0.256/",
        "http://1.2.3.4.5/      | http://1.2.3.4.5/",
        "http://089.1/          | http://089.1/",
        "http://B\u00dccher.Example/ | http://xn--bcher-kva.example/",
        "http://b%C3%BCcher.example/ | http://xn--bcher-kva.example/",
        "http://fa\u00df.de/    | http://xn--fa-hia.de/",
        "http://\u03a3\u03a3.gr/ | http://xn--4xaa.gr/",
        "http://\u65e5\u672c\u8a9e\u3002jp/ | http://xn--wgv71a119e.jp/",
        "http://\ud83d\udca9.la/ | http://xn--ls8h.la/",
        "http://\uff45\uff58.test/ | http://ex.test/",
      })
  void urlsAreReadAsCurlReadsThem(String given, String requested) throws Exception {
    assertThat(Target.parse(given)).isEqualTo(new Target(URI.create(requested), null));
  }

  @Test
  void whatAUriCannotHoldIsEscaped() throws Exception {
    assertThat(Target.parse("a.test/a|b^c\"d<e>`f\\g{h}").uri())
        .hasToString("http://a.test/a%7Cb%5Ec%22d%3Ce%3E%60f%5Cg%7Bh%7D");
    assertThat(Target.parse("a.test/[1-3]?a[]={b,c}|^\"%zz%4%C3%a9").uri())
        .hasToString("http://a.test/%5B1-3%5D?a[]=%7Bb,c%7D%7C%5E%22%25zz%254%C3%a9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://a.test/   | bad URL: the scheme 'ftp' is not supported, only http and https are",
        "http://a/b c    | bad URL: illegal character at position 10",
        "a/b c           | bad URL: illegal character at position 3",
        "http://u:secret@a.test/\u007f | bad URL: illegal character at position 23",
        "http://         | bad URL: it has no valid host name",
        "http:a.test     | bad URL: it has no valid port",
        "http://:80/     | bad URL: it has no valid host name",
        "http://a(b/     | bad URL: it has no valid host name",
        "http://a%2fb/   | bad URL: it has no valid host name",
        "http://\ufffe\ue000/ | bad URL: it has no valid host name",
        "http://[::1/    | bad URL: it has no valid host name",
        "http://[x]/     | bad URL: it has no valid host name",
        "http://a.test:0/ | bad URL: 0 is not a port",
        "http://a.test:65536/ | bad URL: 65536 is not a port",
        "http://a:secret/ | bad URL: it has no valid port",
        "''              | bad URL: it has no valid host name",
      })
  void aBadUrlHasItsOwnExitCode(String url, String message) {
    CommandException error =
        catchThrowableOfType(
            CommandException.class,
            () -> CommandSyntax.parse("1", InputStream.nullInputStream(), url));

    assertThat(error).hasMessage(message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.BAD_URL);
  }
}
