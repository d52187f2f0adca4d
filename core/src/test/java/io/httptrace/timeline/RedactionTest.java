package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked, and what is not. */
class RedactionTest {
  private static final Redaction MASK = Redaction.MASK_SECRETS;

  @ParameterizedTest
  @CsvSource({
    "http://a.test/, http://a.test/",
    "http://a.test, http://a.test",
    "http://a.test/p?q=secret, http://a.test/p?q=***",
    "http://a.test/p?q=secret&r=&s=more&t, http://a.test/p?q=***&r=&s=***&***",
    "http://a.test/p?secret, http://a.test/p?***",
    "http://a.test/p?a=b=c, http://a.test/p?a=***",
    "http://a.test/p?, http://a.test/p?",
    "http://a.test/p?q=a%20b/c?d=e, http://a.test/p?q=***",
    "http://user@a.test/, http://***@a.test/",
    "http://user:secret@a.test:8080/p, http://***@a.test:8080/p",
    "http://user:sec@ret@a.test/, http://***@a.test/",
    "http://a.test/@user, http://a.test/@user",
    "http://a.test/p#section, http://a.test/p#section",
    "http://a.test/p#access_token=secret&x, http://a.test/p#access_token=***&x",
    "http://a.test/p?q=secret#section, http://a.test/p?q=***#section",
    "//user:secret@a.test/p, //***@a.test/p",
    "/p?q=secret, /p?q=***",
    "http://[2001:db8::1]:80/p?q=secret, http://[2001:db8::1]:80/p?q=***",
  })
  void aUrl(String url, String masked) {
    assertThat(MASK.url(url)).isEqualTo(masked);
    assertThat(Redaction.NONE.url(url)).isEqualTo(url);
  }

  @Test
  void aUri() {
    URI uri = URI.create("https://u:p@a.test/?q=1");
    assertThat(MASK.uri(uri)).isEqualTo("https://***@a.test/?q=***");
    assertThat(Redaction.NONE.uri(uri)).isEqualTo("https://u:p@a.test/?q=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization",
        "Authorization",
        "PROXY-AUTHORIZATION",
        "Cookie",
        "Set-Cookie",
        "set-cookie",
        "Authentication-Info",
        "Proxy-Authentication-Info"
      })
  void theValuesOfSecretFields(String name) {
    assertThat(MASK.values(name, List.of("s3cret", "sid=s3cret; Path=/")))
        .containsExactly("***", "***");
    assertThat(Redaction.NONE.values(name, List.of("s3cret"))).containsExactly("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "Basic dTpw, Basic ***",
    "bearer abc.def, bearer ***",
    "Digest username=\"u\", Digest ***",
    "Negotiate abc, Negotiate ***",
    "Basic, ***",
    "hunter2 second, ***",
    "Basicdata, ***",
  })
  void theSchemeOfACredentialIsKeptIfItIsKnown(String value, String masked) {
    assertThat(MASK.values("Authorization", List.of(value))).containsExactly(masked);
  }

  @Test
  void aCredentialOfSeveralLinesIsMaskedWhole() {
    assertThat(MASK.values("Authorization", List.of("Basic a\nb"))).containsExactly("Basic ***");
  }

  @ParameterizedTest
  @CsvSource({
    "Location, https://u:p@a.test/cb?code=secret#access_token=secret,"
        + " https://***@a.test/cb?code=***#access_token=***",
    "Content-Location, /a?k=secret, /a?k=***",
    "Referer, http://a.test/?k=secret, http://a.test/?k=***",
    "Refresh, 5; url=/a?k=secret, 5; url=/a?k=***",
    "Link, </a?k=secret>; rel=preload, </a?k=***>; rel=preload",
    ":path, /a?k=secret, /a?k=***",
  })
  void urlsInFields(String name, String value, String masked) {
    assertThat(MASK.values(name, List.of(value))).containsExactly(masked);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, a.test",
    "Accept, text/html?q=1",
    "WWW-Authenticate, Basic realm=\"r\"",
    "Proxy-Authenticate, Basic realm=\"r\"",
    "X-Authorization-Kind, plain",
  })
  void otherFieldsAreLeftAlone(String name, String value) {
    assertThat(MASK.values(name, List.of(value))).containsExactly(value);
  }

  @Test
  void fieldsKeepTheirOrder() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Z", List.of("1"));
    headers.put("Set-Cookie", List.of("a", "b"));
    headers.put("A", List.of("2"));

    assertThat(MASK.headers(headers)).hasToString("{Z=[1], Set-Cookie=[***, ***], A=[2]}");
    assertThat(Redaction.NONE.headers(headers)).isEqualTo(headers);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /p?k=secret failed, GET /p?k=*** failed",
    "a.test/p?k=secret, a.test/p?k=***",
    "no answer from /192.0.2.1:80, no answer from /192.0.2.1:80",
    "what? none, what? none",
  })
  void urlsInText(String text, String masked) {
    assertThat(MASK.text(text)).isEqualTo(masked);
    assertThat(Redaction.NONE.text(text)).isEqualTo(text);
  }

  @Test
  void longTextTakesNoLongerThanItsLength() {
    String text =
        "a".repeat(1_000_000) + " " + "//".repeat(100_000) + "u:p@b/?" + "c".repeat(100_000);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> assertThat(MASK.text(text)).endsWith("//***@b/?***"));
  }

  @Test
  void urlsInTheMessagesOfErrors() {
    IOException error = new IOException("cannot get http://u:p@a.test/x?k=secret (why? no idea)");
    assertThat(MASK.error(error))
        .isEqualTo("java.io.IOException: cannot get http://***@a.test/x?k=*** (why? no idea)");
    assertThat(Redaction.NONE.error(error)).isEqualTo(error.toString());
  }

  @ParameterizedTest
  @EnumSource
  void anErrorThatCannotBePrintedIsNamed(Redaction redaction) {
    assertThat(redaction.error(new Unprintable(false))).isEqualTo(Unprintable.class.getName());
    assertThat(redaction.error(new Unprintable(true))).isEqualTo(Unprintable.class.getName());
  }

  private static final class Unprintable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean returnsNull;

    Unprintable(boolean returnsNull) {
      this.returnsNull = returnsNull;
    }

    @Override
    @SuppressWarnings({
      "NullAway",
      "ToStringReturnsNull",
      "OverrideThrowableToString"
    }) // on purpose
    public String toString() {
      if (returnsNull) {
        return null;
      }
      throw new IllegalStateException("unprintable");
    }
  }
}
