package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints for programs, of requests that are really made. */
final class FormatsTest {
  private static final String NOBODY = "http://127.0.0.1:1/";

  /** Answers {@code /} with a redirect. */
  private static Site redirecting() {
    return Site.of(
        head -> Site.path(head).equals("/") ? Site.redirect(302, "/a,b") : Site.ok("hello\n"));
  }

  private static List<JsonNode> lines(Ended ended) {
    return ended.out().lines().map(CommandSchema::check).toList();
  }

  @Test
  void jsonOfOneRequestIsOneObjectOnOneLine() {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("--format", "json", site.url("/a,b"));

      assertThat(lines(ended))
          .singleElement()
          .satisfies(
              json -> {
                assertThat(json.at("/roundTrips/0/response/status").intValue()).isEqualTo(200);
                assertThat(json.get("failure").isNull()).isTrue();
              });
    }
  }

  @Test
  void jsonOfSeveralRequestsIsOneArray() {
    Ended ended = CommandRun.of("--format", "json");

    assertThat(ended.err()).isEmpty();
    assertThat(CommandSchema.check(ended.out()))
        .isInstanceOf(ArrayNode.class)
        .extracting(json -> json.at("/roundTrips/0/connection/reused").booleanValue())
        .containsExactly(false, true);
  }

  @Test
  void jsonlOfSeveralRequestsIsALineForEach() {
    Ended ended = CommandRun.of("--format", "jsonl");

    assertThat(ended.err()).isEmpty();
    assertThat(lines(ended))
        .hasOnlyElementsOfType(ObjectNode.class)
        .extracting(json -> json.at("/roundTrips/0/connection/reused").booleanValue())
        .containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "jsonl"})
  void redirectsAreRoundTripsOfOneObject(String format) {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("-L", "--format", format, site.url("/"));

      assertThat(lines(ended))
          .singleElement()
          .satisfies(json -> assertThat(json.get("roundTrips")).hasSize(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "jsonl"})
  void aFailureIsInItToo(String format) {
    Ended ended = CommandRun.of("--format", format, NOBODY);

    assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(lines(ended))
        .singleElement()
        .satisfies(
            json -> {
              assertThat(json.at("/failure/exitCode").intValue()).isEqualTo(7);
              assertThat(json.at("/failure/phase").textValue()).isEqualTo("connect");
            });
  }

  @Test
  void whatIsPrintedByADemoOfRedirectsIsOneObject() {
    assertThat(lines(CommandRun.of("-L", "--format", "json"))).hasSize(1);
  }

  /** Else the tests above would say nothing. */
  @Test
  void theSchemaFindsWhatIsMissingOrTooMuch() {
    JsonNode all = CommandSchema.check(CommandRun.of("--format", "json").out());
    ((ObjectNode) all.get(0)).remove("failure");
    ((ObjectNode) all.get(1)).put("another", 1);

    assertThat(CommandSchema.faults(all))
        .anySatisfy(fault -> assertThat(fault).contains("failure"))
        .anySatisfy(fault -> assertThat(fault).contains("another"));
    assertThat(CommandSchema.faults(all.at("/0/roundTrips"))).isNotEmpty();
  }

  @Test
  void csvHasALineForEachRoundTripBelowTheNamesOfTheColumns() {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("-L", "--format", "csv", site.url("/"));
      List<List<String>> records = Csv.parse(ended.out());

      assertThat(ended.err()).isEmpty();
      assertThat(records).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(31));
      assertThat(Csv.column(records, "uri")).containsExactly(site.url("/"), site.url("/a,b"));
      assertThat(Csv.column(records, "reason")).containsExactly("first", "redirect");
      assertThat(Csv.column(records, "status")).containsExactly("302", "200");
      assertThat(Csv.column(records, "reused")).containsExactly("false", "true");
      assertThat(Csv.column(records, "connectNanos")).element(0).asString().matches("[0-9]+");
      assertThat(Csv.column(records, "connectNanos")).element(1).asString().isEmpty();
    }
  }

  @Test
  void csvOfSeveralRequestsNamesItsColumnsOnce() {
    List<List<String>> records = Csv.parse(CommandRun.of("--format", "csv").out());

    assertThat(Csv.column(records, "request")).containsExactly("1", "2");
    assertThat(Csv.column(records, "tlsVersion")).containsExactly("TLSv1.3", "TLSv1.3");
  }

  @Test
  void csvMasksSecretsUnlessTheyAreToBeShown() {
    try (Site site = Site.of(head -> Site.ok(""))) {
      String url = site.url("/?token=SECRET");

      assertThat(CommandRun.of("--format", "csv", url).out())
          .contains("/?token=***,")
          .doesNotContain("SECRET");
      assertThat(CommandRun.of("--format", "csv", "--show-secrets", url).out()).contains("SECRET");
    }
  }

  @Test
  void csvSaysInWhichPhaseARequestFailed() {
    Ended ended = CommandRun.of("--format", "csv", NOBODY);
    List<List<String>> records = Csv.parse(ended.out());

    assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(Csv.column(records, "outcome")).containsExactly("failed");
    assertThat(Csv.column(records, "failedPhase")).containsExactly("connect");
    assertThat(Csv.column(records, "status")).containsExactly("");
  }

  @Test
  void theDocsNameTheColumnsOfCsvInTheirOrder() throws Exception {
    String page = Files.readString(Path.of("../docs/cli.md"));
    List<String> documented = new ArrayList<>();
    page.substring(page.indexOf("\n### CSV\n") + 1)
        .lines()
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(2, line.indexOf(" |", 2)))
        .forEach(
            names -> {
              for (String name : names.split(", ", -1)) {
                documented.add(name.replace("`", ""));
              }
            });

    assertThat(Csv.parse(CommandRun.of("--format", "csv", NOBODY).out()).get(0))
        .isEqualTo(documented);
  }

  @Test
  void beneathABodyOnStandardOutputItGoesToStandardError() {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("-o", "-", "--format", "jsonl", site.url("/x"));

      assertThat(ended.out()).isEqualTo("hello\n");
      assertThat(CommandSchema.check(ended.err()).get("failure").isNull()).isTrue();
    }
  }
}
