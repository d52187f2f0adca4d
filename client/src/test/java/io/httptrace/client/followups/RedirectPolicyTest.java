package io.httptrace.client.followups;

import static io.httptrace.client.followups.RedirectPolicy.AS_THE_JDK;
import static io.httptrace.client.request.Snapshots.request;
import static io.httptrace.client.request.Snapshots.response;
import static java.net.http.HttpClient.Redirect.ALWAYS;
import static java.net.http.HttpClient.Redirect.NEVER;
import static java.net.http.HttpClient.Redirect.NORMAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.RequestSnapshot;
import java.io.IOException;
import java.net.http.HttpClient.Redirect;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPolicyTest {
  private static final String[] TELLTALES = {
    "Authorization",
    "a",
    "Cookie",
    "b",
    "Cookie2",
    "c",
    "Origin",
    "d",
    "Proxy-Authorization",
    "e",
    "Referer",
    "f",
    "WWW-Authenticate",
    "g",
    "X-Mine",
    "h"
  };

  private static RequestSnapshot followed(RequestSnapshot request, ResponseHead head)
      throws IOException {
    return requireNonNull(new RedirectPolicy(NORMAL, AS_THE_JDK).after(request, head));
  }

  @ParameterizedTest
  @CsvSource({
    "301, GET, GET, false",
    "301, HEAD, HEAD, false",
    "301, POST, GET, false",
    "301, PUT, PUT, true",
    "302, GET, GET, false",
    "302, POST, GET, false",
    "302, PUT, PUT, true",
    "302, DELETE, DELETE, false",
    "303, GET, GET, false",
    "303, HEAD, HEAD, false",
    "303, POST, GET, false",
    "303, PUT, GET, false",
    "303, DELETE, GET, false",
    "307, GET, GET, false",
    "307, POST, POST, true",
    "307, PUT, PUT, true",
    "308, HEAD, HEAD, false",
    "308, POST, POST, true",
  })
  void statusDecidesOnMethodAndBody(int status, String from, String to, boolean body)
      throws IOException {
    RequestSnapshot next =
        followed(request(from, "http://a.test/x"), response(status, "Location", "/y"));
    assertThat(next.method()).isEqualTo(to);
    assertThat(next.uri()).hasToString("http://a.test/y");
    assertThat(next.hasBody()).isEqualTo(body);
    assertThat(next.original().method()).isEqualTo(to);
    assertThat(next.original().uri()).hasToString("http://a.test/y");
    assertThat(next.original().bodyPublisher().isPresent() && next.hasBody()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 300, 304, 305, 306, 309, 399, 401, 404, 503})
  void otherStatusIsNotFollowed(int status) throws IOException {
    assertThat(
            new RedirectPolicy(ALWAYS, AS_THE_JDK)
                .after(request("GET", "http://a.test/"), response(status, "Location", "/y")))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "NEVER, http://a.test/, http://a.test/y, false",
    "NORMAL, http://a.test/, http://a.test/y, true",
    "NORMAL, http://a.test/, http://b.test/y, true",
    "NORMAL, http://a.test/, https://a.test/y, true",
    "NORMAL, http://a.test/, HTTPS://a.test/y, true",
    "NORMAL, https://a.test/, https://b.test/y, true",
    "NORMAL, https://a.test/, http://a.test/y, false",
    "NORMAL, http://a.test/, ftp://a.test/y, false",
    "NORMAL, http://a.test/, mailto:me@a.test, false",
    "ALWAYS, https://a.test/, http://a.test/y, true",
  })
  void policyDecidesWhereToGo(Redirect policy, String from, String to, boolean followed)
      throws IOException {
    assertThat(
            new RedirectPolicy(policy, AS_THE_JDK)
                .after(request("GET", from), response(302, "Location", to)))
        .matches(next -> (next != null) == followed);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/x, /y, true",
    "http://a.test/x, http://A.TEST:80/y, true",
    "https://a.test/x, https://a.test:443/y, true",
    "http://a.test/x, http://u:p@a.test/y, true",
    "http://a.test/x, http://b.test/y, false",
    "http://a.test/x, http://a.test:81/y, false",
    "http://a.test/x, https://a.test/y, false",
    "http://a.test/x, http://sub.a.test/y, false",
  })
  void anotherOriginIsNotToldWhatWasForThisOne(String from, String to, boolean all)
      throws IOException {
    RequestSnapshot next = followed(request("GET", from, TELLTALES), response(302, "Location", to));
    Set<String> names = request("GET", from, TELLTALES).headers().map().keySet();
    assertThat(next.headers().map().keySet()).isEqualTo(all ? names : Set.of("X-Mine"));
    assertThat(next.original().headers()).isEqualTo(next.headers());
  }

  @Test
  void fieldsOfABodyGoWithIt() throws IOException {
    String[] fields = {"Content-Type", "text/plain", "Content-Language", "en", "X-Mine", "h"};
    RequestSnapshot post = request("POST", "http://a.test/", fields);
    RequestSnapshot without = followed(post, response(303, "Location", "/y"));
    RequestSnapshot with = followed(post, response(307, "Location", "/y"));
    assertThat(without.headers().map()).containsOnlyKeys("X-Mine");
    assertThat(with.headers()).isEqualTo(post.headers());
    assertThat(with.publisher()).isSameAs(post.publisher());
    assertThat(with.contentLength()).isEqualTo(4);
  }

  @Test
  void fifthRedirectIsTheResponse() throws IOException {
    RedirectPolicy policy = new RedirectPolicy(NORMAL, AS_THE_JDK);
    RequestSnapshot request = request("GET", "http://a.test/");
    for (String target : List.of("/1", "/2", "/3", "/4")) {
      request = requireNonNull(policy.after(request, response(302, "Location", target)));
    }
    assertThat(policy.after(request, response(302, "Location", "/5"))).isNull();
  }

  @Test
  void limitIsTheJdksProperty() throws IOException {
    System.setProperty(RedirectPolicy.LIMIT_PROPERTY, "2");
    try {
      RedirectPolicy policy = new RedirectPolicy(NORMAL, AS_THE_JDK);
      RequestSnapshot request = request("GET", "http://a.test/");
      assertThat(policy.after(request, response(302, "Location", "/1"))).isNotNull();
      assertThat(policy.after(request, response(302, "Location", "/2"))).isNull();
    } finally {
      System.clearProperty(RedirectPolicy.LIMIT_PROPERTY);
    }
  }

  @Test
  void redirectToNowhereFails() {
    assertFails(NORMAL, "302 has no Location");
    assertFails(NORMAL, "port out of range: 65536", "Location", "http://a.test:65536/");
    assertFails(NORMAL, "Location without a host", "Location", "http:///y");
    assertFails(NORMAL, "Location without a host", "Location", "http:y");
    assertFails(ALWAYS, "scheme ftp", "Location", "ftp://a.test/y");
  }

  private static void assertFails(Redirect policy, String why, String... headers) {
    assertThatIOException()
        .isThrownBy(
            () ->
                new RedirectPolicy(policy, AS_THE_JDK)
                    .after(request("GET", "http://a.test/"), response(302, headers)))
        .withMessage("Invalid redirection: " + why);
  }

  @Test
  void neverDoesNotLookAtTheLocation() throws IOException {
    assertThat(
            new RedirectPolicy(NEVER, AS_THE_JDK)
                .after(request("GET", "http://a.test/"), response(302)))
        .isNull();
  }
}
