package io.httptrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The embedded server, by a client that is not ours. */
final class DemoServerTest {

  @ParameterizedTest
  @EnumSource(Version.class)
  void speaksTheVersionTheClientPrefers(Version version) throws Exception {
    try (DemoServer server = DemoServer.start(DemoPace.hurried())) {
      HttpResponse<String> response = send(version, get(at(server, "/")));

      assertThat(response.version()).isEqualTo(version);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().allValues("content-type")).containsExactly("text/plain");
      assertThat(response.body()).hasSize(4 * 95 * 43).startsWith("All that happens on the way");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void redirectsToTheRoot(Version version) throws Exception {
    try (DemoServer server = DemoServer.start(DemoPace.hurried())) {
      HttpResponse<String> response = send(version, get(at(server, "/redirect")));

      assertThat(response.uri()).isEqualTo(at(server, "/"));
      assertThat(response.previousResponse().orElseThrow().statusCode()).isEqualTo(302);
      assertThat(server.redirectUri().getPath()).isEqualTo("/redirect");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void answersWhateverIsSent(Version version) throws Exception {
    try (DemoServer server = DemoServer.start(DemoPace.hurried())) {
      HttpRequest.Builder head = HttpRequest.newBuilder(at(server, "/"));
      HttpRequest.Builder post = HttpRequest.newBuilder(at(server, "/x?y"));

      assertThat(send(version, head.method("HEAD", BodyPublishers.noBody())).body()).isEmpty();
      assertThat(
              send(version, post.POST(BodyPublishers.ofString("a".repeat(100_000)))).statusCode())
          .isEqualTo(200);
      assertThat(
              send(version, post.POST(BodyPublishers.ofString("b")).expectContinue(true))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void takesItsTime(Version version) throws Exception {
    DemoPace pace = new DemoPace(Duration.ZERO, Duration.ofMillis(40), Duration.ofMillis(20), 3);
    try (DemoServer server = DemoServer.start(pace)) {
      long start = System.nanoTime();
      assertThat(send(version, get(at(server, "/"))).body()).hasSize(3 * 95 * 43);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }
  }

  @Test
  void withoutTlsItSpeaksTheOlderVersion() throws Exception {
    try (DemoServer server = DemoServer.startPlain(DemoPace.hurried())) {
      HttpResponse<String> response = send(Version.HTTP_1_1, get(at(server, "/at-once")));

      assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
      assertThat(response.body()).hasSize(4 * 95 * 43);
    }
  }

  private static HttpRequest.Builder get(URI uri) {
    return HttpRequest.newBuilder(uri);
  }

  /** Only the resolver of the demonstration knows the server's name. */
  private static URI at(DemoServer server, String path) {
    URI uri = server.uri();
    return URI.create(
        uri.getScheme() + "://" + server.address().getHostAddress() + ":" + uri.getPort() + path);
  }

  private static HttpResponse<String> send(Version version, HttpRequest.Builder request)
      throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestCertificate.credulousContext())
            .followRedirects(Redirect.NORMAL)
            .build();
    return client.send(request.timeout(Waiting.LIMIT).build(), BodyHandlers.ofString());
  }
}
