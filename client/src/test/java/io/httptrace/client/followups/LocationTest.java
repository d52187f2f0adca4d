package io.httptrace.client.followups;

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

  /** What browsers, curl and Go follow, though it is no URI. */
  @ParameterizedTest
  @CsvSource({
    "/a b, /a%20b",
    "/q?a|b, /q?a%7Cb",
    "/q?{x}, /q?%7Bx%7D",
    "/{x}, /%7Bx%7D",
    "'/q?\"x\"', '/q?%22x%22'",
    "/q?a^b`c, /q?a%5Eb%60c",
    "/<a>?<b>, /%3Ca%3E?%3Cb%3E",
    "/q?100%, /q?100%25",
    "/100%/x, /100%25/x",
    "/%zz%4, /%25zz%254",
    "/%e9, /%e9",
    "'/x#a#b', '/x#a%23b'",
    "'/x#a b', '/x#a%20b'",
    "/q?a\\b, /q?a%5Cb",
    "/a\\b, /a%5Cb",
    "'/\\evil.test/', /%5Cevil.test/",
    "/a[1]?b[2]=3, /a%5B1%5D?b[2]=3",
    "'x y:z', /x%20y:z",
  })
  void whatAUriHasEncodedIsEncoded(String reference, String target) {
    assertThat(Location.resolve(URI.create("http://a/"), reference))
        .hasToString("http://a" + target);
  }

  @Test
  void controlCharactersAreEncoded() {
    assertThat(Location.resolve(URI.create("http://a/"), "/\u0000\t\u007f"))
        .hasToString("http://a/%00%09%7F");
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_host.test:81/x, http://my_host.test:81/x",
    "//my_host.test, http://my_host.test",
    "http://A.Test:/x, http://a.test/x",
    "http://b\u00c3\u00bccher.test/, http://xn--bcher-kva.test/",
    "http://b\u00fccher.test/, http://xn--bcher-kva.test/",
    "http://b%C3%BCcher.test/, http://xn--bcher-kva.test/",
    "https://\u00e4\u00be\u008b.test:8443, https://xn--fsq.test:8443",
    "http://a.test./x, http://a.test./x",
    "http://a.test:00080/x, http://a.test:80/x",
    "http://[FE80::1]:81/, http://[fe80::1]:81/",
    "http://[fe80::1%25eth0]/, http://[fe80::1%25eth0]/",
    "http://127.1/, http://127.1/",
    "http://u ser:p|w@h/, http://u%20ser:p%7Cw@h/",
    "http://u@v@h/, http://u%40v@h/",
    "HTTP://h/, HTTP://h/",
  })
  void hostsAreThoseThatAreLookedUp(String reference, String target) {
    assertThat(Location.resolve(URI.create("http://a/b"), reference)).hasToString(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:65536/, port out of range: 65536",
    "http://h:99999999999999999999/, port out of range: 99999999999999999999",
    "http://user:secret@h:70000/, port out of range: 70000",
    "http://h:8x/, not a port: 8x",
    "http://h:-1/, not a port: -1",
    "'http://h:80:90/', not a port: 80:90",
    "'http:///x', Location without a host",
    "http:x, Location without a host",
    "http://user:secret@/, no host",
    "http://:80/, no host",
    "http://a b/, not a host name: a?b",
    "'http://a\\b/', 'not a host name: a\\b'",
    "http://a<b/, not a host name: a<b",
    "http://user:secret@h%00/, not a host name: h?",
    "http://[/, not an IPv6 address: [",
    "http://[::1/, not a port: :1",
    "http://[1.2.3.4]/, not an IPv6 address: [1.2.3.4]",
    "http://[x]/, not an IPv6 address: [x]",
    "http://[::1]x/, not an IPv6 address: [::1]x",
    "http://[fe80::1%25/, not a port: :1%25",
    "http://[fe80::1%]/, an IPv6 address without its zone: [fe80::1%]",
    "foo:, malformed Location",
  })
  void whatCannotBeATargetIsRefused(String reference, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Location.resolve(URI.create("http://a/b"), reference))
        .withMessage(why);
  }

  @Test
  void aHostThatIsTooLongIsNotQuotedInFull() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Location.resolve(URI.create("http://a/b"), "http://" + "x".repeat(255) + "/"))
        .withMessage("host name is too long: " + "x".repeat(100) + "...");
  }

  /** Where it leads is for others to say. */
  @ParameterizedTest
  @ValueSource(strings = {"ftp://a.test/x", "mailto:me@a.test", "app://a_b:c/?x|y"})
  void otherSchemesAreLeftAlone(String reference) {
    assertThat(Location.resolve(URI.create("http://a/b"), reference).getScheme())
        .isEqualTo(reference.substring(0, reference.indexOf(':')));
  }
}
