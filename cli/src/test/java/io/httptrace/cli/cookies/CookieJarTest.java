package io.httptrace.cli.cookies;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CookieJarTest {
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private final CookieJar jar = new CookieJar(() -> now);

  private void set(String from, String... fields) {
    jar.put(URI.create(from), Map.of("set-cookie", List.of(fields)));
  }

  private String sentTo(String uri) {
    Map<String, List<String>> fields = jar.get(URI.create(uri), Map.of());
    return fields.isEmpty() ? "" : String.join("|", fields.get("Cookie"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // where from, what, where to, whether it goes there
        "http://a.test/             | x=1                     | http://a.test/y           | true",
        "http://a.test/             | x=1                     | https://A.test:8443/      | true",
        "http://a.test/             | x=1                     | http://b.a.test/          | false",
        "http://b.a.test/           | x=1; Domain=a.test      | http://c.a.test/          | true",
        "http://b.a.test/           | x=1; domain=.A.test     | http://a.test/            | true",
        "http://b.a.test/           | x=1; Domain=a.test      | http://ba.test/           | false",
        "http://a.test/             | x=1; Domain=b.test      | http://b.test/            | false",
        "http://a.test/             | x=1; Domain=b.a.test    | http://b.a.test/          | false",
        "http://a.test/             | x=1; Domain=test        | http://b.test/            | false",
        "http://localhost/          | x=1; Domain=localhost   | http://localhost/         | true",
        "http://127.0.0.1/          | x=1; Domain=127.0.0.1   | http://127.0.0.1/         | true",
        "http://127.0.0.1/          | x=1; Domain=0.0.1       | http://127.0.0.1/         | false",
        "http://a.test/p/q          | x=1                     | http://a.test/p/r         | true",
        "http://a.test/p/q          | x=1                     | http://a.test/p           | true",
        "http://a.test/p/q          | x=1                     | http://a.test/pq          | false",
        "http://a.test/p/q          | x=1                     | http://a.test/            | false",
        "http://a.test/p/q          | x=1; Path=/             | http://a.test             | true",
        "http://a.test/p/q          | x=1; Path=r             | http://a.test/p/          | true",
        "https://a.test/            | x=1; Secure             | https://a.test/           | true",
        "https://a.test/            | x=1; Secure             | http://a.test/            | false",
        "http://a.test/             | x=1; Secure             | https://a.test/           | false",
        "http://localhost/          | x=1; Secure             | http://localhost/         | true",
        "http://a.test/             | __Secure-x=1            | http://a.test/            | false",
        "https://a.test/            | __Host-x=1; Secure; Path=/ | https://a.test/        | true",
        "https://a.test/            | __Host-x=1; Secure; Path=/y | https://a.test/y      | false",
        "http://a.test/             | x=1; Max-Age=0          | http://a.test/            | false",
        "http://a.test/             | x=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | http://a.test/ | false",
        "http://a.test/             | =1                      | http://a.test/            | false",
      })
  void goesWhereItMay(String from, String field, String to, boolean goes) {
    set(from, field);

    assertThat(!sentTo(to).isEmpty()).isEqualTo(goes);
  }

  @Test
  void sendsLongerPathsFirstAndThenOlderOnes() {
    set("http://a.test/p/q", "z=1; Path=/", "y=2; Path=/", "x=\"3\"; Path=/p", "w=; Path=/");

    assertThat(sentTo("http://a.test/p/q")).isEqualTo("x=\"3\"; z=1; y=2; w=");
  }

  @Test
  void replacesItsLike() {
    set("http://a.test/", "a=1", "b=1", "a=2", "b=1; Max-Age=-1");

    assertThat(sentTo("http://a.test/")).isEqualTo("a=2");
  }

  @Test
  void endsInTime() {
    set("http://a.test/", "a=1; Max-Age=60", "b=1");
    now = now.plus(Duration.ofSeconds(59));
    assertThat(sentTo("http://a.test/")).isEqualTo("a=1; b=1");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(sentTo("http://a.test/")).isEqualTo("b=1");
  }

  @Test
  void aFileHoldsWhatTheJarHas() {
    set("https://b.a.test/p/", "a=1; Max-Age=60; HttpOnly", "b=; Domain=a.test; Secure; Path=/");
    String text =
        """
        # Netscape HTTP Cookie File

        #HttpOnly_b.a.test\tFALSE\t/p\tFALSE\t1893456060\ta\t1
        .a.test\tTRUE\t/\tTRUE\t0\tb\t
        """;

    assertThat(CookieFile.text(jar.cookies())).isEqualTo(text);
    assertThat(CookieFile.parse(text)).isEqualTo(jar.cookies());
  }

  @Test
  void linesThatMakeNoSenseAreLeftOut() {
    assertThat(
            CookieFile.parse(
                """
                a.test\tFALSE\t/\tFALSE\tsoon\ta\t1
                a.test FALSE / FALSE 0 a 1
                a.test\tFALSE\t/\tFALSE\t0\t\t1
                a.test\tFALSE\t/\tFALSE\t0\ta\t\1
                #a.test\tFALSE\t/\tFALSE\t0\ta\t1
                """))
        .isEmpty();
  }
}
