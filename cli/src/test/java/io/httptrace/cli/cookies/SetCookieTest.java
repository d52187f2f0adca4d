package io.httptrace.cli.cookies;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetCookieTest {
  private static final URI TARGET = URI.create("http://a.test/x/y");
  private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
  private static final CookieScope SCOPE = new CookieScope("a.test", true, "/x", false);

  private static Cookie cookie(String field) {
    return SetCookie.of(field, TARGET, NOW);
  }

  @Test
  void blanksAndTabsAroundAValueAreNotOfIt() {
    assertThat(cookie("\t n \t=\t v  w \t; Secured")).isEqualTo(session("n", "v  w"));
    assertThat(cookie("n= ; Path = ")).isEqualTo(session("n", ""));
  }

  @Test
  void quotesAreOfTheValue() {
    assertThat(cookie("n=\"q;x\"")).isEqualTo(session("n", "\"q"));
    assertThat(cookie("n=\"q\"")).isEqualTo(session("n", "\"q\""));
    assertThat(cookie("n=a\"=b")).isEqualTo(session("n", "a\"=b"));
  }

  @Test
  void attributesAreReadWithBlanksAroundThem() {
    assertThat(
            cookie("n=v; path =\t/p ;HTTPONLY ; Max-Age= 5; expires=Mon, 01 Jan 2035 00:00:00 GMT"))
        .isEqualTo(
            new Cookie(
                "n", "v", new CookieScope("a.test", true, "/p", false), true, NOW.plusSeconds(5)));
    assertThat(cookie("n=v; Expires=Monday, 01-Jan-35 00:00:00 GMT; max-age=x"))
        .isEqualTo(new Cookie("n", "v", SCOPE, false, Instant.parse("2035-01-01T00:00:00Z")));
    assertThat(cookie("n=v; max-age=-1"))
        .isEqualTo(new Cookie("n", "v", SCOPE, false, Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "=v", " =v", "n=a\u0001b", "n=a\tb", "n\tm=v", "; n=v"})
  void whatIsNoCookieIsNotKept(String field) {
    assertThat(cookie(field)).isNull();
  }

  private static Cookie session(String name, String value) {
    return new Cookie(name, value, SCOPE, false, null);
  }
}
