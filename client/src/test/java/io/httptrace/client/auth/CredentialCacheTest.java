package io.httptrace.client.auth;

import static io.httptrace.client.auth.ChallengeTest.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.PasswordAuthentication;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialCacheTest {
  private static final PasswordAuthentication USER =
      new PasswordAuthentication("user", "secret".toCharArray());
  private final CredentialCache cache = new CredentialCache();

  @ParameterizedTest
  @CsvSource({
    "http://a.test/x/y, http://a.test/x/y, true",
    "http://a.test/x/y, http://a.test/x/z?q, true",
    "http://a.test/x/y, http://a.test/x/, true",
    "http://a.test/x/y, http://A.test:80/x/z/deep/er, true",
    "http://a.test/x/y, http://a.test/x, false",
    "http://a.test/x/y, http://a.test/xx/y, false",
    "http://a.test/x/y, http://a.test/x/../y, false",
    "http://a.test/x/y, http://a.test/, false",
    "http://a.test, http://a.test/x/y, true",
    "http://a.test/y, http://a.test, true",
    "http://a.test/y, https://a.test/y, false",
    "http://a.test/y, http://a.test:81/y, false",
    "http://a.test/y, http://b.test/y, false",
  })
  void basicIsForTheDirectoryAndBelow(String accepted, String asked, boolean found) {
    Credentials basic = new BasicCredentials(challenge("basic"), USER);
    cache.store(URI.create(accepted), basic);
    assertThat(cache.find(URI.create(asked))).isSameAs(found ? basic : null);
  }

  @Test
  void digestIsForTheWholeOriginUnlessItSaysOtherwise() {
    Credentials whole = digest("realm", "x", "nonce", "y");
    Credentials part = digest("realm", "x", "nonce", "y", "domain", "/x/");
    cache.store(URI.create("http://a.test/x/y"), whole);
    cache.store(URI.create("http://a.test/x/y"), part);
    assertThat(cache.find(URI.create("http://a.test/z"))).isSameAs(whole);
    assertThat(cache.find(URI.create("http://a.test/x/z"))).isSameAs(part);
    assertThat(cache.find(URI.create("http://b.test/x/z"))).isNull();
  }

  @Test
  void removedIsGoneEverywhere() {
    Credentials basic = new BasicCredentials(challenge("basic"), USER);
    cache.store(URI.create("http://a.test/x/y"), basic);
    cache.store(URI.create("http://a.test/z/y"), basic);
    cache.remove(basic);
    assertThat(cache.find(URI.create("http://a.test/x/y"))).isNull();
    assertThat(cache.find(URI.create("http://a.test/z/y"))).isNull();
  }

  @Test
  void holdsAThousandAndForgetsTheOldest() {
    for (int i = 0; i <= 1000; i++) {
      cache.store(
          URI.create("http://a.test/" + i + "/"), new BasicCredentials(challenge("basic"), USER));
    }
    assertThat(cache.find(URI.create("http://a.test/0/"))).isNull();
    assertThat(cache.find(URI.create("http://a.test/1/"))).isNotNull();
    assertThat(cache.find(URI.create("http://a.test/1000/"))).isNotNull();
  }

  private static Credentials digest(String... parameters) {
    return new DigestCredentials(challenge("digest", parameters), USER, () -> "own");
  }
}
