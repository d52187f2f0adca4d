package io.httptrace.client.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

  /** The first part is from RFC 3986, section 5.4, with its base. */
  @ParameterizedTest
  @CsvSource({
    "http://a/b/c/d;p?q, g, http://a/b/c/g",
    "http://a/b/c/d;p?q, ./g, http://a/b/c/g",
    "http://a/b/c/d;p?q, g/, http://a/b/c/g/",
    "http://a/b/c/d;p?q, /g, http://a/g",
    "http://a/b/c/d;p?q, //g, http://g",
    "http://a/b/c/d;p?q, ?y, http://a/b/c/d;p?y",
    "http://a/b/c/d;p?q, g?y, http://a/b/c/g?y",
    "http://a/b/c/d;p?q, '#s', 'http://a/b/c/d;p?q#s'",
    "http://a/b/c/d;p?q, 'g?y#s', 'http://a/b/c/g?y#s'",
    "http://a/b/c/d;p?q, ;x, http://a/b/c/;x",
    "http://a/b/c/d;p?q, '', http://a/b/c/d;p?q",
    "http://a/b/c/d;p?q, ., http://a/b/c/",
    "http://a/b/c/d;p?q, .., http://a/b/",
    "http://a/b/c/d;p?q, ../g, http://a/b/g",
    "http://a/b/c/d;p?q, ../.., http://a/",
    "http://a/b/c/d;p?q, ../../g, http://a/g",
    "http://a/b/c/d;p?q, ../../../g, http://a/g",
    "http://a/b/c/d;p?q, /./g, http://a/g",
    "http://a/b/c/d;p?q, /../g, http://a/g",
    "http://a/b/c/d;p?q, g/./h, http://a/b/c/g/h",
    "http://a/b/c/d;p?q, g/../h, http://a/b/c/h",
    "http://a/b/c/d;p?q, 'g?y/../x', 'http://a/b/c/g?y/../x'",
    "http://a/b/c/d;p?q, https://h/x, https://h/x",
    "http://a, g, http://a/g",
    "http://a, ?y, http://a/?y",
    "http://a:81/b, /g//h, http://a:81/g//h",
    "https://a/b, //h:82/g, https://h:82/g",
    "http://a/b, /%C3%A9, http://a/%C3%A9",
    "http://a/b, http://u:p@h/, http://u:p@h/",
  })
  void referencesAreResolvedByRfc3986(String base, String reference, String target) {
    assertThat(Location.resolve(URI.create(base), reference)).hasToString(target);
  }

  @Test
  void octetsThatAreNotAsciiAreEscaped() {
    assertThat(Location.resolve(URI.create("http://a/"), "/\u00c3\u00a9?\u0085"))
        .hasToString("http://a/%C3%A9?%85");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "http://[/", "%zz", "ht tp://a/"})
  void malformedReferenceIsRefused(String reference) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Location.resolve(URI.create("http://a/b"), reference));
  }
}
