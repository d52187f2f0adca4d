package io.httptrace.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  @Test
  void parametersAreUnquotedAndNamedInLowerCase() {
    assertThat(parse("Basic Realm=\"a \\\"b\\\", c\" , CHARSET = UTF-8"))
        .containsExactly(challenge("basic", "realm", "a \"b\", c", "charset", "UTF-8"));
  }

  @Test
  void oneFieldMayHaveSeveralChallenges() {
    assertThat(
            parse("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=s"))
        .containsExactly(
            challenge("newauth", "realm", "apps", "type", "1", "title", "Login to \"apps\""),
            challenge("basic", "realm", "s"));
  }

  @Test
  void severalFieldsAreOneList() {
    assertThat(Challenge.parse(List.of("Digest realm=x, nonce=y", "Basic realm=z")))
        .containsExactly(
            challenge("digest", "realm", "x", "nonce", "y"), challenge("basic", "realm", "z"));
  }

  @Test
  void schemesWithoutParametersOrWithAToken() {
    assertThat(parse(",, Negotiate, NTLM TlRMTVNTUAAB+/==, Other a/b , Basic realm=\"\""))
        .containsExactly(
            challenge("negotiate"),
            challenge("ntlm"),
            challenge("other"),
            challenge("basic", "realm", ""));
  }

  @Test
  void firstOfTwoEqualParametersCounts() {
    assertThat(parse("Basic realm=a, realm=b")).containsExactly(challenge("basic", "realm", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " , ", "=", "realm=x", "\"Basic\"", "@"})
  void nonsenseIsNoChallenge(String value) {
    assertThat(parse(value)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic realm=\"x", "Basic realm=\"x\\", "Basic realm=x @, Other"})
  void whatFollowsNonsenseIsLeftOut(String value) {
    assertThat(parse(value)).hasSize(1).first().extracting(Challenge::scheme).isEqualTo("basic");
  }

  @Test
  void fieldsWithoutASchemeAreParameters() {
    assertThat(ChallengeParser.parameters("nextnonce=\"a,b\", qop=auth"))
        .isEqualTo(Map.of("nextnonce", "a,b", "qop", "auth"));
  }

  private static List<Challenge> parse(String value) {
    return Challenge.parse(List.of(value));
  }

  static Challenge challenge(String scheme, String... parameters) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(parameters[i], parameters[i + 1]);
    }
    return new Challenge(scheme, map);
  }
}
