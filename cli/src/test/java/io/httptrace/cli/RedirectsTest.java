package io.httptrace.cli;

import static io.httptrace.cli.Site.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -L} and {@code --max-redirs}. */
final class RedirectsTest {

  private static String redirectOnce(ReceivedRequestHead head) {
    return path(head).equals("/start") ? Site.redirect(302, "/end") : Site.ok("hello");
  }

  @Test
  void drawsEachRedirectAsARoundTrip() {
    try (Site site = Site.of(RedirectsTest::redirectOnce)) {
      Ended ended = CommandRun.of("-L", site.url("/start"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(ended.err()).isEmpty();
      String there = "127.0.0.1:" + site.port();
      assertThat(Outline.of(ended.out()))
          .containsExactly(
              "#1 GET " + site.url("/start"),
              "302 HTTP/1.1, body 0 bytes",
              "connection #1 new, -> " + there,
              "connect: " + there,
              "request",
              "wait",
              "response",
              "#2 redirect: GET " + site.url("/end"),
              "200 HTTP/1.1, body 5 bytes",
              "connection #1 reused, idle for # ms, request 2 on it,",
              "-> " + there,
              "request",
              "wait",
              "response",
              "total");
    }
  }

  @Test
  void withoutTheOptionARedirectIsAResponse() {
    try (Site site = Site.of(RedirectsTest::redirectOnce)) {
      Ended ended = CommandRun.of("--max-redirs", "0", site.url("/start"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(site.asked()).containsExactly("GET /start");
    }
  }

  @Test
  void showsThemInEventsAndJson() {
    try (Site site = Site.of(RedirectsTest::redirectOnce)) {
      Ended ended = CommandRun.of("-L", "--events", "--format", "json", site.url("/start"));

      assertThat(ended.err()).contains("roundTripStart       #2 REDIRECT GET " + site.url("/end"));
      assertThat(ended.out())
          .contains("{\"number\":2,\"reason\":\"redirect\",\"method\":\"GET\"")
          .contains("\"proxy\":null");
    }
  }

  @ParameterizedTest
  @CsvSource({"301, GET", "302, GET", "303, GET", "307, POST", "308, POST"})
  void aPostStaysOneOnlyIfTheStatusSaysSo(int status, String then) {
    try (Site site =
        Site.of(
            head -> path(head).equals("/start") ? Site.redirect(status, "/end") : Site.ok(""))) {
      CommandRun.of("--location", "-d", "a=1", site.url("/start"));

      assertThat(site.asked()).containsExactly("POST /start", then + " /end");
      assertThat(site.bodies()).containsExactly("a=1", then.equals("GET") ? "" : "a=1");
    }
  }

  @Test
  void followsFromTlsToNoneAndBack() {
    try (Site plain = Site.of(head -> Site.ok(""));
        Site tls =
            Site.of(
                ServerTls.with(TestCertificate.GOOD),
                head -> Site.redirect(302, plain.url("/end")));
        Site start = Site.of(head -> Site.redirect(302, tls.url("/tls")))) {
      Ended ended = CommandRun.of("-k", "-L", start.url("/start"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(plain.asked()).containsExactly("GET /end");
      assertThat(tls.asked()).containsExactly("GET /tls");
    }
  }

  @Test
  void oneRedirectTooManyIsAFailure() {
    try (Site site = Site.of(head -> Site.redirect(302, path(head) + "x"))) {
      Ended ended = CommandRun.of("-L", "--max-redirs", "2", site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.REDIRECTS);
      assertThat(ended.err())
          .isEqualTo("httptrace: redirected more often than --max-redirs allows: 2\n");
      assertThat(site.asked()).containsExactly("GET /", "GET /x", "GET /xx");
    }
  }

  @Test
  void fiftyIsTheDefault() {
    try (Site site = Site.of(head -> Site.redirect(302, "/"))) {
      Ended ended = CommandRun.of("-L", "--format", "json", site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.REDIRECTS);
      assertThat(ended.out()).contains("\"failure\":{\"exitCode\":47,\"phase\":null,");
      assertThat(site.asked()).hasSize(51);
    }
  }

  @Test
  void minusOneIsNoLimit() {
    try (Site site =
        Site.of(
            head ->
                path(head).length() < 60 ? Site.redirect(302, path(head) + "x") : Site.ok(""))) {
      assertThat(CommandRun.of("-L", "--max-redirs", "-1", site.url("/")).exitCode())
          .isEqualTo(ExitCode.OK);
      assertThat(site.asked()).hasSize(60);
    }
  }

  @Test
  void anotherHostGetsNeitherUserNorCookies() {
    try (Site other = Site.of(head -> Site.ok(""));
        Site site = Site.of(head -> Site.redirect(302, other.url("/")))) {
      Ended ended = CommandRun.of("-L", "-u", "me:SECRET", "-b", "a=SECRET", site.url("/"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(site.sent("Authorization")).containsExactly(List.of("Basic bWU6U0VDUkVU"));
      assertThat(site.sent("Cookie")).containsExactly(List.of("a=SECRET"));
      assertThat(other.sent("Authorization")).containsExactly(List.of());
      assertThat(other.sent("Cookie")).containsExactly(List.of());
    }
  }

  @Test
  void theSameHostGetsTheUserAgain() {
    try (Site site = Site.of(RedirectsTest::redirectOnce)) {
      CommandRun.of("-L", "-u", "me:SECRET", site.url("/start").replace("//", "//a:b@"));

      assertThat(site.sent("Authorization"))
          .containsExactly(List.of("Basic bWU6U0VDUkVU"), List.of("Basic bWU6U0VDUkVU"));
    }
  }

  @Test
  void resolveIsForThePortsOfRedirectsToo() {
    try (Site other = Site.of(head -> Site.ok(""));
        Site site = Site.of(head -> Site.redirect(302, "http://b.test:" + other.port() + "/"))) {
      Ended ended =
          CommandRun.of(
              "-L",
              "--resolve",
              "a.test:" + site.port() + ":127.0.0.1",
              "--resolve",
              "b.test:" + other.port() + ":127.0.0.1",
              "http://a.test:" + site.port() + "/");

      assertThat(ended.err()).isEmpty();
      assertThat(other.asked()).containsExactly("GET /");
    }
  }

  @Test
  void withoutAUrlTheEmbeddedServerRedirects() {
    assertEmbeddedServerRedirects("HTTP/2", "-L");
  }

  @Test
  void theEmbeddedServerRedirectsOverHttp1() {
    assertEmbeddedServerRedirects("HTTP/1.1", "-L", "--http1.1");
  }

  private static void assertEmbeddedServerRedirects(String protocol, String... args) {
    Ended ended = CommandRun.of(args);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Outline.of(ended.out()).stream().map(line -> line.replaceAll(":[0-9]{2,5}", "")))
        .filteredOn(line -> !line.startsWith("TLS"))
        .containsExactly(
            "Redirected: first on a new connection, then on the same one",
            "#1 GET https://demo.localhost/redirect",
            "302 " + protocol + ", body 0 bytes",
            "connection #1 new, -> 127.0.0.1",
            "dns: 127.0.0.1",
            "connect: 127.0.0.1",
            "tls: full handshake",
            "request",
            "wait",
            "response",
            "#2 redirect: GET https://demo.localhost/",
            "200 " + protocol + ", body 16.3 kB",
            "connection #1 reused, idle for # ms, request 2 on it,",
            "-> 127.0.0.1",
            "request",
            "wait",
            "response",
            "total");
  }
}
