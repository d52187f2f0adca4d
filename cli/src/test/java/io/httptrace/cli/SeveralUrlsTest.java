package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several URLs on one command line: what is sent, and what is said of them all. */
final class SeveralUrlsTest {
  private final Site site =
      Site.of(
          head ->
              Site.path(head).equals("/missing")
                  ? Site.response("404 Not Found", "no such page\n")
                  : Site.ok("hello\n"));

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    site.close();
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  @Test
  void theyAreRequestedInTheirOrder() {
    Ended ended =
        CommandRun.of(
            site.url("/1"), "--url", site.url("/2"), "-s", site.url("/3"), "--", site.url("/4"));

    assertThat(ended.err()).isEmpty();
    assertThat(site.asked()).containsExactly("GET /1", "GET /2", "GET /3", "GET /4");
  }

  @Test
  void jsonOfThemIsOneArray() {
    Ended ended = CommandRun.of("--format", "json", site.url("/"), site.url("/missing"));

    assertThat(CommandSchema.check(ended.out()))
        .extracting(json -> json.at("/roundTrips/0/response/status").intValue())
        .containsExactly(200, 404);
  }

  @Test
  void jsonOfAttemptsIsOneArrayToo() {
    Ended ended =
        CommandRun.of(
            "--format",
            "json",
            "-sf",
            "--retry",
            "1",
            "--retry-all-errors",
            "--retry-delay",
            "0.001",
            site.url("/missing"));

    assertThat(ended.exitCode()).isEqualTo(ExitCode.HTTP_STATUS);
    assertThat(CommandSchema.check(ended.out()))
        .extracting(json -> json.at("/failure/exitCode").intValue())
        .containsExactly(22, 22);
  }

  @Test
  void eachHasALineInTheOtherForms() {
    String[] urls = {site.url("/"), site.url("/missing")};

    assertThat(CommandRun.of("--format", "jsonl", urls[0], urls[1]).out().lines())
        .hasSize(2)
        .allSatisfy(CommandSchema::check);
    assertThat(Csv.parse(CommandRun.of("--format", "csv", urls[0], urls[1]).out()))
        .extracting(record -> record.get(0))
        .containsExactly("request", "1", "2");
  }

  @Test
  void allAreInTheFileForOthers() throws Exception {
    Path har = directory.resolve("all.har");
    CommandRun.of("--har", har.toString(), site.url("/"), site.url("/missing"));

    JsonNode entries = new ObjectMapper().readTree(har.toFile()).at("/log/entries");
    assertThat(entries)
        .extracting(entry -> entry.at("/response/status").intValue())
        .containsExactly(200, 404);
  }

  @Test
  void standardInputIsSentToEach() {
    Ended ended =
        CommandRun.with(Map.of(), "a=b\n", "-s", "-d", "@-", site.url("/1"), site.url("/2"));

    assertThat(ended.err()).isEmpty();
    assertThat(site.asked()).containsExactly("POST /1", "POST /2");
    assertThat(site.bodies()).containsExactly("a=b", "a=b");
  }

  @Test
  void eachFileIsForOneUrl() throws Exception {
    Ended ended =
        CommandRun.of(
            "-s",
            "-T",
            file("1", "one"),
            "-T",
            file("2", "two"),
            site.url("/a/"),
            site.url("/b"),
            site.url("/c"));

    assertThat(ended.err()).isEmpty();
    assertThat(site.asked()).containsExactly("PUT /a/1", "PUT /b", "GET /c");
    assertThat(site.bodies()).isEqualTo(List.of("one", "two", ""));
  }

  @Test
  void aBodyOnStandardOutputLeavesItNoPicture() {
    Ended ended = CommandRun.of("-o", "-", site.url("/1"), site.url("/2"));

    assertThat(ended.out()).isEqualTo("hello\n");
    assertThat(ended.err())
        .startsWith("GET " + site.url("/1") + "\n200 ")
        .contains("\n\nGET " + site.url("/2") + "\n200 ");
  }
}
