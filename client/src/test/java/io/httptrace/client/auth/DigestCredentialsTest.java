package io.httptrace.client.auth;

import static io.httptrace.client.auth.ChallengeTest.challenge;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the example of RFC 7616, section 3.9.1. */
class DigestCredentialsTest {
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  private static final String OWN = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
  private static final String REALM = "http-auth@example.org";

  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    "MD5-sess, e783283f46242139c486a698fec7211d",
    "sha-256-SESS, 2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7",
  })
  void requestIsAnswered(String algorithm, String response) throws IOException {
    Challenge asked =
        challenge(
            "digest",
            "realm",
            REALM,
            "qop",
            "auth-int, auth",
            "algorithm",
            algorithm,
            "nonce",
            NONCE,
            "opaque",
            OPAQUE);
    assertThat(DigestCredentials.supports(asked)).isTrue();
    assertThat(answer(credentials(asked)))
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\""
                + REALM
                + "\", uri=\"/dir/index.html\", algorithm="
                + algorithm
                + ", nonce=\""
                + NONCE
                + "\", nc=00000001, cnonce=\""
                + OWN
                + "\", qop=auth, response=\""
                + response
                + "\", opaque=\""
                + OPAQUE
                + "\"");
  }

  @Test
  void everyRequestIsCounted() throws IOException {
    DigestCredentials credentials = credentials(asked("qop", "auth"));
    assertThat(answer(credentials)).contains("nc=00000001");
    assertThat(answer(credentials))
        .contains("nc=00000002")
        .contains("response=\"4b5d595ecf2db9df612ea5b45cd97101\"");
  }

  @Test
  void nextNonceReplacesTheOneBefore() throws IOException {
    DigestCredentials credentials = credentials(asked("qop", "auth"));
    credentials.accepted(Map.of("nextnonce", "abc"));
    assertThat(answer(credentials))
        .contains("nonce=\"abc\"")
        .contains("nc=00000001")
        .contains("response=\"2b1e55369f3d802cb7469cb219fb0782\"");
  }

  @Test
  void withoutQopThereIsNoCount() throws IOException {
    assertThat(answer(credentials(asked())))
        .isEqualTo(
            "Digest username=\"Mufasa\", realm=\""
                + REALM
                + "\", uri=\"/dir/index.html\", nonce=\""
                + NONCE
                + "\", response=\"7b2cc3b30e75b4777ea31027084363fd\"");
  }

  @Test
  void targetIsWithItsQuery() throws IOException {
    assertThat(credentials(asked()).answer("GET", "/x%20y?a=b")).contains("uri=\"/x%20y?a=b\"");
  }

  @Test
  void onlyStaleChallengeForTheSameRealmRenews() throws IOException {
    DigestCredentials credentials = credentials(asked("qop", "auth"));
    Credentials renewed =
        requireNonNull(
            credentials.renewed(
                challenge(
                    "digest", "realm", REALM, "nonce", "new", "stale", "TRUE", "qop", "auth")));
    assertThat(renewed.answer("GET", "/dir/index.html"))
        .contains("nonce=\"new\"", "username=\"Mufasa\"");
    assertThat(credentials.renewed(asked("qop", "auth"))).isNull();
    assertThat(credentials.renewed(asked("stale", "false"))).isNull();
    assertThat(
            credentials.renewed(
                challenge("digest", "realm", "other", "nonce", "new", "stale", "true")))
        .isNull();
  }

  @Test
  void unsupportedChallenges() {
    assertThat(DigestCredentials.supports(asked())).isTrue();
    assertThat(DigestCredentials.supports(asked("qop", "auth-int"))).isFalse();
    assertThat(DigestCredentials.supports(asked("algorithm", "SHA-512-256"))).isFalse();
    assertThat(DigestCredentials.supports(challenge("digest", "realm", "x"))).isFalse();
    assertThat(DigestCredentials.supports(challenge("digest", "nonce", "x"))).isFalse();
  }

  /** The answer repeats them, and would be no field. */
  @ParameterizedTest
  @ValueSource(strings = {"realm", "nonce", "opaque"})
  void controlCharactersAreNotRepeated(String parameter) throws IOException {
    assertThat(DigestCredentials.supports(asked(parameter, "a\u00e9\tb"))).isTrue();
    for (String value : List.of("a\u0001b", "a\u007f")) {
      assertThat(DigestCredentials.supports(asked(parameter, value))).as(value).isFalse();
      assertThat(credentials(asked()).renewed(asked("stale", "true", parameter, value)))
          .as(value)
          .isNull();
    }
  }

  @Test
  void nextNonceThatCannotBeRepeatedIsLeftOut() throws IOException {
    DigestCredentials credentials = credentials(asked("qop", "auth"));
    credentials.accepted(Map.of("nextnonce", "a\u0001b"));
    assertThat(answer(credentials)).contains("nonce=\"" + NONCE + "\"");
  }

  @Test
  void nameIsQuotedOrEncodedAndNeverBreaksTheField() throws IOException {
    assertThat(answer(of("a\"b\\c"))).startsWith("Digest username=\"a\\\"b\\\\c\", ");
    assertThat(answer(of("J\u00e4s\u00f8n Doe")))
        .startsWith("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, ");
    assertThatIOException().isThrownBy(() -> answer(of("a\r\nX-Evil: b")));
  }

  private static DigestCredentials of(String name) {
    return new DigestCredentials(asked(), new PasswordAuthentication(name, new char[0]), () -> OWN);
  }

  private static Challenge asked(String... more) {
    Map<String, String> parameters = new LinkedHashMap<>(Map.of("realm", REALM, "nonce", NONCE));
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return new Challenge("digest", parameters);
  }

  private static DigestCredentials credentials(Challenge challenge) {
    return new DigestCredentials(
        challenge, new PasswordAuthentication("Mufasa", "Circle of Life".toCharArray()), () -> OWN);
  }

  private static String answer(Credentials credentials) throws IOException {
    String value = credentials.answer("GET", "/dir/index.html");
    assertThat(Challenge.parse(List.of(value))).hasSize(1);
    return value;
  }
}
