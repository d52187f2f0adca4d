package io.httptrace.conformance.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each path is answered with, as the JDK's client sees it. */
final class PathServerTest {
  private final PathServer site = new PathServer();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    site.close();
    assertThat(site.server().problems()).isEmpty();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(site.url(path)));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(to(path).build(), BodyHandlers.ofString());
  }

  @Test
  void aPathHasItsAnswer() throws Exception {
    List<String> answers = new ArrayList<>();
    for (String path :
        List.of("/ok", "/any", "/cached", "/secret", "/redirect", "/empty", "/busy", "/ok")) {
      HttpResponse<String> response = get(path);
      answers.add(path + " " + response.statusCode() + " " + response.body());
    }

    assertThat(answers)
        .containsExactly(
            "/ok 200 hello",
            "/any 200 hello",
            "/cached 200 hello",
            "/secret 401 ",
            "/redirect 302 ",
            "/empty 204 ",
            "/busy 503 ",
            "/ok 200 hello");
  }

  @Test
  void aHundredComesFirstIfItIsAskedForAndTheConnectionIsKept() throws Exception {
    String expected =
        PathServer.hello() + "HTTP/1.1 100 Continue\r\nX-Hint: 1\r\n\r\n" + PathServer.hello();
    String requests = "GET /ok HTTP/1.1\r\n\r\nGET /continue HTTP/1.1\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket.getOutputStream().write(requests.getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(expected.length()))
          .asString()
          .isEqualTo(expected);
    }
  }

  @Test
  void redirectsLeadToTheHelloOrElsewhere() throws Exception {
    site.elsewhere("http://example.test/there");

    assertThat(location("/redirect")).isEqualTo("/ok");
    assertThat(location("/elsewhere")).isEqualTo("http://example.test/there");
  }

  private String location(String path) throws IOException, InterruptedException {
    HttpHeaders headers = get(path).headers();
    return headers.firstValue("location").orElseThrow();
  }

  @Test
  void theSecretIsToldToWhomeverHasSomeAuthorization() throws Exception {
    HttpRequest request = to("/secret").header("Authorization", "Basic YTpi").build();

    assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("hello");
    assertThat(get("/secret").headers().firstValue("www-authenticate")).hasValue("Basic realm=a");
  }

  @Test
  void theSlowAnswerComesWhenTheGateIsOpen() throws Exception {
    CompletableFuture<HttpResponse<String>> sent =
        client.sendAsync(to("/slow").build(), BodyHandlers.ofString());
    site.server().awaitRequests(1);
    assertThat(sent).isNotDone();

    site.gate().open();

    assertThat(sent.join().body()).isEqualTo("hello");
  }

  @Test
  void anAnswerThatIsNoneFails() {
    for (String path : List.of("/cut", "/drop", "/nonsense")) {
      assertThatIOException().as(path).isThrownBy(() -> get(path));
    }
  }

  @Test
  void theHalfAnswerEndsWithTheClientsConnection() throws Exception {
    HttpResponse<InputStream> half = client.send(to("/half").build(), BodyHandlers.ofInputStream());
    assertThat(half.body().readNBytes(5)).asString().isEqualTo("hello");
    assertThat(site.server().openConnections()).hasSize(1);

    half.body().close();

    assertThat(site.server().awaitEnd(1, Waiting.LIMIT)).isTrue();
  }
}
