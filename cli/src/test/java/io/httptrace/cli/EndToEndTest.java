package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.conformance.server.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against real servers on loopback. */
final class EndToEndTest {
  private static final Pattern ROW = Pattern.compile("(?m)^([a-z-]+) {2,}.* m?s(  .*)?$");

  private final Site site =
      Site.of(head -> Site.ok("hello\n", "Date: Mon, 01 Jan 2024 00:00:00 GMT"));

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void withoutAUrlShowsAColdAndAPooledRequest() {
    assertColdAndPooled("HTTP/2");
  }

  @Test
  void showsTheSameOverHttp1() {
    assertColdAndPooled("HTTP/1.1", "--http1.1");
  }

  private static void assertColdAndPooled(String protocol, String... args) {
    Ended ended = CommandRun.of(args);

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Outline.of(ended.out()).stream().map(line -> line.replaceAll(":[0-9]{2,5}", "")))
        .filteredOn(line -> !line.startsWith("TLS"))
        .containsExactly(
            "Cold: on a new connection",
            "GET https://demo.localhost/",
            "200 " + protocol + ", body 16.3 kB",
            "connection #1 new, -> 127.0.0.1",
            "dns: 127.0.0.1",
            "connect: 127.0.0.1",
            "tls: full handshake",
            "request",
            "wait",
            "response",
            "total",
            "Pooled: on the same connection, at the same scale",
            "GET https://demo.localhost/",
            "200 " + protocol + ", body 16.3 kB",
            "connection #1 reused, idle for # ms, request 2 on it,",
            "-> 127.0.0.1",
            "request",
            "wait",
            "response",
            "total");
  }

  @Test
  void printsOneJsonObjectToALine() {
    Ended ended = CommandRun.of("--format", "jsonl");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"schema\":\"httptrace/2\",")
                    .contains("\"outcome\":\"completed\"")
                    .endsWith("],\"failure\":null}"));
    assertThat(ended.out().lines().map(line -> line.contains("\"reused\":true")))
        .containsExactly(false, true);
  }

  @Test
  void printsEventsAboveThePicture() {
    Ended ended = CommandRun.of("--events", url("/"));

    assertThat(ended.out().lines().takeWhile(line -> !line.isEmpty()).map(EndToEndTest::hook))
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
    assertThat(ended.out()).contains("\n\nGET " + url("/") + "\n200 HTTP/1.1, body 6 bytes\n");
  }

  @Test
  void eventsGoToStandardErrorBesideJson() {
    Ended ended = CommandRun.of("--events", "--format", "json", url("/"));

    assertThat(ended.out().lines()).singleElement().asString().startsWith("{\"schema\"");
    assertThat(ended.err()).contains("  roundTripStart       #1 FIRST GET ");
  }

  @Test
  void sendsNoUserAgentIfItIsToldSo() {
    CommandRun.of("-A", "", url("/"));
    CommandRun.of("-H", "user-agent:", url("/"));
    CommandRun.of("-A", "me/1", url("/"));

    assertThat(site.sent("User-Agent")).containsExactly(List.of(), List.of(), List.of("me/1"));
  }

  @Test
  void postsDataAsAForm() {
    Ended ended = CommandRun.of("-d", "a=1", "-d", "b=2", url("/form"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(site.asked()).containsExactly("POST /form");
    assertThat(site.sent("Content-Type"))
        .containsExactly(List.of("application/x-www-form-urlencoded"));
    assertThat(site.bodies()).containsExactly("a=1&b=2");
  }

  @Test
  void asksForTheHeadOnlyAndShowsIt() {
    Ended ended = CommandRun.of("-I", url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ended.out())
        .startsWith("HEAD " + url("/") + "\n200 HTTP/1.1, body 0 bytes\n")
        .containsPattern("(?i)\n  date: .*GMT\n");
    assertThat(site.asked()).containsExactly("HEAD /");
  }

  @Test
  void writesTheBodyToAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("body");
    Ended ended = CommandRun.of("-o", file.toString(), url("/"));

    assertThat(Files.readString(file)).isEqualTo("hello\n");
    assertThat(ended.out()).startsWith("GET " + url("/"));
  }

  @Test
  void writesTheBodyToStandardOutputAndThePictureToStandardError() {
    Ended ended = CommandRun.of("-o", "-", url("/"));

    assertThat(ended.out()).isEqualTo("hello\n");
    assertThat(ended.err()).startsWith("GET " + url("/") + "\n200 HTTP/1.1, body 6 bytes\n");
  }

  @Test
  void aFileThatCannotBeWrittenHasItsOwnCode(@TempDir Path directory) {
    Path file = directory.resolve("missing").resolve("body");
    Ended ended = CommandRun.of("-o", file.toString(), url("/"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.WRITE_ERROR);
    assertThat(ended.err())
        .isEqualTo("httptrace: -o: cannot write '" + file + "': no such file or directory\n");
  }

  @Test
  void resolveSparesTheLookup() {
    String port = Integer.toString(site.port());
    Ended ended =
        CommandRun.of("--resolve", "a.test:" + port + ":127.0.0.1", "http://a.test:" + port + "/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ended.out()).contains("-> 127.0.0.1:" + port);
  }

  @Test
  void aPortWithNoServerIsAFailureToConnect() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Ended ended = CommandRun.of("http://127.0.0.1:" + port + "/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(rows(ended.out())).containsExactly("connect", "total");
    assertThat(ended.out()).contains("\nfailed in connect\n").contains("x ");
    assertThat(ended.err())
        .matches("httptrace: connect failed after [0-9.]+ m?s: Connection refused.*\n");
  }

  @Test
  void aNameThatDoesNotResolveIsAFailureOfDns() {
    Ended ended = CommandRun.of("-6", "--resolve", "a.test:80:127.0.0.1", "http://a.test/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.DNS);
    assertThat(rows(ended.out())).containsExactly("dns", "total");
    assertThat(ended.err()).startsWith("httptrace: dns failed after ");
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsAFailureOfTls() throws Exception {
    try (Answer answer = new Answer("HTTP/1.1 400 Bad Request\r\n\r\n", true)) {
      Ended ended = CommandRun.of(answer.url().replace("http:", "https:"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TLS);
      assertThat(rows(ended.out())).containsExactly("connect", "tls", "total");
      assertThat(ended.err()).startsWith("httptrace: tls failed after ");
    }
  }

  @Test
  void aCertificateNobodyVouchesForHasItsOwnCodeUnlessThatIsFine() throws Exception {
    try (DemoServer tls = DemoServer.start(DemoPace.hurried())) {
      String url = "https://localhost:" + tls.uri().getPort() + "/";
      Ended refused = CommandRun.of(url);
      Ended accepted = CommandRun.of("-k", url);

      assertThat(refused.exitCode()).isEqualTo(ExitCode.CERTIFICATE);
      assertThat(refused.err())
          .startsWith("httptrace: tls failed after ")
          .endsWith(
              "\nhttptrace: --cacert FILE trusts the certificates of a file; -k accepts any certificate\n")
          .doesNotContain("Exception");
      assertThat(refused.out()).contains("\nfailed in tls\n").doesNotContain("authority");
      assertThat(accepted.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(accepted.out()).contains("\n200 HTTP/2, ");
    }
  }

  @Test
  void aServerThatSaysNothingIsATimeoutOfWait() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = CommandRun.of("-m", "0.3", "http://127.0.0.1:" + silent.getLocalPort() + "/");

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(rows(ended.out())).containsExactly("connect", "request", "wait", "total");
      assertThat(ended.out()).contains("\ntimed out in wait\n");
      assertThat(ended.err()).startsWith("httptrace: wait timed out after ");
    }
  }

  @Test
  void aBodyThatDoesNotEndIsATimeoutOfResponse() throws Exception {
    try (Answer answer = new Answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", false)) {
      Ended ended = CommandRun.of("-m", "0.5", answer.url());

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(rows(ended.out()))
          .containsExactly("connect", "request", "wait", "response", "total");
      assertThat(ended.err()).startsWith("httptrace: response timed out after ");
    }
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsAFailureOfWait() throws Exception {
    try (Answer answer = new Answer("", true)) {
      Ended ended = CommandRun.of(answer.url());

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WAIT);
      assertThat(ended.err()).startsWith("httptrace: wait failed after ");
    }
  }

  @Test
  void aBodyThatIsCutShortIsAFailureOfResponse() throws Exception {
    try (Answer answer = new Answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", true)) {
      Ended ended = CommandRun.of(answer.url());

      assertThat(ended.exitCode()).isEqualTo(ExitCode.TRUNCATED);
      assertThat(ended.err()).startsWith("httptrace: response failed after ");
    }
  }

  @Test
  void masksSecretsInThePictureTheEventsAndTheJson() {
    String secretUrl = url("/?token=SECRET").replace("http://", "http://me:SECRET@");
    String[] args = {"-H", "Cookie: id=SECRET", "--events", secretUrl};
    Ended picture = CommandRun.of(args);
    Ended json =
        CommandRun.of(
            Stream.concat(Stream.of("--format=json"), Stream.of(args)).toArray(String[]::new));

    assertThat(picture.out() + picture.err() + json.out() + json.err())
        .contains("/?token=***")
        .contains("Authorization: Basic ***")
        .contains("{\"name\":\"Cookie\",\"values\":[\"***\"]}")
        .doesNotContain("SECRET");
    assertThat(site.asked()).containsExactly("GET /?token=SECRET", "GET /?token=SECRET");
  }

  @Test
  void trustsTheCertificatesOfAFile(@TempDir Path directory) throws Exception {
    try (DemoServer tls = DemoServer.start(DemoPace.hurried())) {
      Path file = Files.writeString(directory.resolve("ca.pem"), pem(certificateOf(tls)));
      String name = tls.uri().getHost() + ":" + tls.uri().getPort();
      String[] there = {"--resolve", name + ":127.0.0.1", tls.uri().toString()};
      Ended trusted = CommandRun.of("--cacert", file.toString(), there[0], there[1], there[2]);

      assertThat(trusted.err()).isEmpty();
      assertThat(trusted.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(CommandRun.of(there).exitCode()).isEqualTo(ExitCode.CERTIFICATE);
    }
  }

  private static Certificate certificateOf(DemoServer server) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            TestCertificate.credulousContext()
                .getSocketFactory()
                .createSocket(server.address(), server.uri().getPort())) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String pem(Certificate certificate) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "A server's own\n-----BEGIN CERTIFICATE-----\n"
        + base64
        + "\n-----END CERTIFICATE-----\n";
  }

  private String url(String path) {
    return site.url(path);
  }

  /** Without that of the client's own time: there is next to none of it on a fast machine. */
  private static List<String> rows(String picture) {
    return ROW.matcher(picture)
        .results()
        .map(row -> row.group(1))
        .filter(name -> !name.equals("client"))
        .toList();
  }

  private static String hook(String line) {
    Matcher event = Pattern.compile(" +[0-9.]+ ms  ([A-Za-z0-9]+).*").matcher(line);
    assertThat(event.matches()).as(line).isTrue();
    return event.group(1);
  }

  /** Answers one request with given bytes, and then closes the connection or falls silent. */
  private static final class Answer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Socket> connection;

    Answer(String bytes, boolean close) throws IOException {
      this.connection =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Socket accepted = socket.accept();
                  byte[] request = new byte[4096];
                  int length = accepted.getInputStream().read(request);
                  assertThat(length).isPositive();
                  accepted.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                  if (close) {
                    accepted.close();
                  }
                  return accepted;
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      socket.close();
      connection.join().close();
    }
  }
}
