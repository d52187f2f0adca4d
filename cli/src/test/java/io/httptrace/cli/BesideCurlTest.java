package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.server.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same options for curl and for the command: what comes out, and what the server gets. */
@Tag("servers")
final class BesideCurlTest {
  private final Site site =
      Site.of(
          head ->
              switch (Site.path(head)) {
                case "/missing" -> answer("404 Not Found", "no such page\n");
                case "/busy" -> answer("503 Service Unavailable", "busy\n");
                case "/moved" -> answer("302 Found", "", "Location: /to?a=1", "X-A: 1");
                default -> answer("200 OK", "hello\n", "Content-Type: text/plain", "X-A: 1");
              });

  /** Fields are in the order of the alphabet, in which the command writes them. */
  private static String answer(String status, String body, String... fields) {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    text.append("Content-Length: ").append(body.length()).append("\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource(FailedResponsesTest.Answer.class)
  void faultsEndWithTheSameCode(FailedResponsesTest.Answer answer) throws Exception {
    try (ScriptedServer server = answer.start()) {
      assertThat(Curl.run("--compressed", "http://127.0.0.1:" + server.port() + "/").exitCode())
          .isEqualTo(answer.code());
    }
  }

  @ParameterizedTest
  @EnumSource(FailedResponsesTest.Http2Answer.class)
  void faultsOfHttp2EndWithTheSameCode(FailedResponsesTest.Http2Answer answer) throws Exception {
    try (ScriptedServer server = answer.start()) {
      assertThat(
              Curl.run("--http2-prior-knowledge", "http://127.0.0.1:" + server.port() + "/")
                  .exitCode())
          .isEqualTo(answer.code());
    }
  }

  /** Output, exit code and requests are the same with {@code -s -o -}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "-i /",
        "-i /missing",
        "-i -L /moved",
        "-f /missing",
        "-f -i /missing",
        "-f /",
        "--fail-with-body /missing",
        "--max-filesize 5 /",
        "--max-filesize 6 /",
        "--retry 0 /busy",
        "-L /moved",
        "/ /missing",
        "-f /missing /",
        "-w [%{http_code}] /missing",
        "-f -w %{exitcode}|%{http_code}|%{onerror}%{stderr}failed /missing",
        "-w a%{stderr}%{http_code}%{stdout}b%%\\t\\n%{http_code%{x /",
        "-w <%{urlnum}|%{method}> / /missing",
        "-I /",
        "-I -L /moved",
        "-d a=b / /missing",
        "-G -d a=b /",
        "-X PUT --json {} /",
        "-4 --interface 127.0.0.1 -w [%{local_ip}] /",
        "--connect-to ::127.0.0.1: -w [%{remote_ip}] /",
      })
  void theOutputIsTheSame(String line) throws Exception {
    String[] args = args(line.split(" ", -1));

    Curl.Ended curl = Curl.run(args);
    List<String> asked = site.asked();
    CommandRun.Ended ended = CommandRun.of(unmasked(args));

    assertThat(ended.out()).isEqualTo(curl.out());
    assertThat(ended.exitCode().number()).isEqualTo(curl.exitCode());
    assertThat(ended.err()).isEqualTo(curl.err());
    assertThat(site.asked()).isEqualTo(Stream.concat(asked.stream(), asked.stream()).toList());
    assertThat(site.bodies().subList(0, asked.size()))
        .isEqualTo(site.bodies().subList(asked.size(), 2 * asked.size()));
  }

  @Test
  void anotherPlaceIsAskedForTheSame() throws Exception {
    String[] args = {
      "-s", "-o", "-", "--connect-to", "a.test:81:127.0.0.1:" + site.port(), "http://a.test:81/x"
    };

    assertThat(CommandRun.of(args).out()).isEqualTo(Curl.run(args).out()).isEqualTo("hello\n");
    assertThat(site.asked()).containsExactly("GET /x", "GET /x");
    assertThat(site.sent("Host")).containsExactly(List.of("a.test:81"), List.of("a.test:81"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content_type",
        "errormsg",
        "exitcode",
        "filename_effective",
        "http_code",
        "http_connect",
        "http_version",
        "method",
        "num_connects",
        "num_headers",
        "num_redirects",
        "proxy_ssl_verify_result",
        "redirect_url",
        "referer",
        "remote_ip",
        "remote_port",
        "response_code",
        "size_download",
        "size_header",
        "size_request",
        "size_upload",
        "ssl_verify_result",
        "time_appconnect",
        "url",
        "url_effective",
        "urlnum",
      })
  void variablesHaveTheSameValues(String name) throws Exception {
    String format = "%{" + name + "}";
    for (String line : List.of("/", "-L /moved", "/moved", "-I /", "/missing", "-d a=b /")) {
      String[] args = args(("-w " + format + " " + line).split(" ", -1));

      assertThat(CommandRun.of(unmasked(args)).out()).as(line).isEqualTo(Curl.run(args).out());
    }
  }

  @Test
  void variablesOfAFailureHaveTheSameValues() throws Exception {
    String[] args = {
      "-s",
      "-w",
      "%{http_code} %{exitcode} [%{remote_ip}] %{remote_port} %{num_connects}"
          + " %{http_version} %{time_connect} %{time_starttransfer} %{size_request} [%{url}]",
      "http://127.0.0.1:1/"
    };

    assertThat(CommandRun.of(args).out()).isEqualTo(Curl.run(args).out());
  }

  @Test
  void filesOfOptionsMeanTheSame(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            """
            # options
            user-agent "a \\"b\\" \\\\c\\td"
            header = "X-One: 1"
            -H "X-Two: 2"
            request: PUT
            data=a=b
            -d	c=d
              cookie   "k=v"
            silent
            """);
    String[] args = {"-K", file.toString(), "-o", "/dev/null", site.url("/")};

    Curl.run(args);
    CommandRun.of(args);

    assertThat(site.asked()).containsExactly("PUT /", "PUT /");
    assertThat(site.bodies()).containsExactly("a=b&c=d", "a=b&c=d");
    for (String name : List.of("User-Agent", "X-One", "X-Two", "Cookie", "Content-Type")) {
      List<List<String>> sent = site.sent(name);
      assertThat(sent.get(1)).as(name).isEqualTo(sent.get(0)).isNotEmpty();
    }
  }

  private static String[] unmasked(String... args) {
    return Stream.concat(Stream.of("--show-secrets"), Stream.of(args)).toArray(String[]::new);
  }

  /** The same User-Agent, output to standard output, and full URLs. */
  private String[] args(String... words) {
    Stream<String> urls =
        Stream.of(words).map(word -> word.startsWith("/") ? site.url(word) : word);
    Stream<String> outputs =
        Stream.of(words).filter(word -> word.startsWith("/")).flatMap(word -> Stream.of("-o", "-"));
    return Stream.of(Stream.of("-s", "-A", "me"), outputs, urls)
        .flatMap(stream -> stream)
        .toArray(String[]::new);
  }
}
