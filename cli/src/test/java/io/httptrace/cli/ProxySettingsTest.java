package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.ConnectionOptions.ProxyOptions;
import io.httptrace.cli.request.Proxies;
import io.httptrace.client.ProxyRoute;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names a proxy. */
final class ProxySettingsTest {

  private static List<String> routes(@Nullable String url, Map<String, String> environment)
      throws CommandException {
    return new Proxies(new ProxyOptions(url, null, null), environment)
        .routes().stream().map(ProxyRoute::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p.test                      | http://p.test:1080",
        "p.test:3128                 | http://p.test:3128",
        "http://p.test               | http://p.test:1080",
        "HTTPS://P.test/             | https://p.test:443",
        "https://p.test:8443/x?y#z   | https://p.test:8443",
        "socks5://p.test             | socks5://p.test:1080",
        "socks5h://[::1]:9050        | socks5://[::1]:9050",
        "http://u:p@p.test           | http://***@p.test:1080",
        "u:p@q@p.test:1              | http://***@p.test:1",
        "http://u@p.test             | http://***@p.test:1080",
      })
  void isReadAsCurlReadsIt(String url, String route) throws Exception {
    assertThat(routes(url, Map.of())).containsExactly(route);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socks4://p.test        | -x: the scheme 'socks4' is not supported, only http, https, "
            + "socks5 and socks5h are",
        "http://                | -x: there is no valid name of a host in it",
        "http://u:SECRET@       | -x: there is no valid name of a host in it",
        "http://[]:1            | -x: there is no valid name of a host in it",
        "http://u:SECRET@[::1   | -x: there is no valid name of a host in it",
        "p.test:0               | -x: it has no valid port",
        "p.test:65536           | -x: it has no valid port",
        "p.test:SECRET          | -x: it has no valid port",
        "http://u:%ff@p.test    | -x: the proxy cannot be told the user or the password",
        "http://a%3Ab:c@p.test  | -x: the proxy cannot be told the user or the password",
        "socks5://u@p.test      | -x: the proxy cannot be told the user or the password",
      })
  void whatMakesNoSenseIsRefusedWithoutQuotingIt(String url, String message) {
    CommandException error =
        catchThrowableOfType(CommandException.class, () -> routes(url, Map.of()));

    assertThat(error).hasMessage(message);
    assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theVariableIsNamed() {
    assertThat(
            catchThrowableOfType(
                CommandException.class, () -> routes(null, Map.of("all_proxy", "ftp://p.test"))))
        .hasMessageStartingWith("all_proxy: the scheme 'ftp' is not supported");
  }

  @Test
  void lowerCaseComesFirstAndAllLast() throws Exception {
    assertThat(
            routes(
                null,
                Map.of(
                    "http_proxy", "",
                    "HTTP_PROXY", "bad",
                    "https_proxy", "s",
                    "HTTPS_PROXY", "S2",
                    "ALL_PROXY", "a")))
        .containsExactly("http://a:1080", "http://s:1080");
    assertThat(routes(null, Map.of("HTTP_PROXY", "bad"))).isEmpty();
    assertThat(routes("x", Map.of("http_proxy", "h"))).containsExactly("http://x:1080");
    assertThat(routes("", Map.of("http_proxy", "h"))).isEmpty();
  }
}
