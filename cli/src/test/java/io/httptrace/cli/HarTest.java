package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.httptrace.cli.CommandRun.Ended;
import io.httptrace.cli.failure.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HARs of requests that are really made. */
final class HarTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(read(Path.of("../exporters/har/src/test/resources/har-1.2.schema.json")));

  @TempDir private Path directory;

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode entries(JsonNode har) {
    assertThat(
            SCHEMA.validate(
                har,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .as(har.toString())
        .isEmpty();
    return har.at("/log/entries");
  }

  private Path file() {
    return directory.resolve("a.har");
  }

  private static Site redirecting() {
    return Site.of(
        head -> Site.path(head).equals("/") ? Site.redirect(302, "/end") : Site.ok("hello\n"));
  }

  @Test
  void eachRoundTripIsAnEntryAndThePictureIsPrintedAsWell() {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("-L", "--har", file().toString(), site.url("/"));

      assertThat(ended.err()).isEmpty();
      assertThat(ended.out()).startsWith("#1 GET " + site.url("/"));
      assertThat(entries(read(file())))
          .extracting(entry -> entry.at("/request/url").textValue())
          .containsExactly(site.url("/"), site.url("/end"));
    }
  }

  @Test
  void theTimesOfARealRequestAddUp() {
    assertThat(CommandRun.of("--har", file().toString()).exitCode()).isEqualTo(ExitCode.OK);

    assertThat(entries(read(file())))
        .hasSize(2)
        .allSatisfy(
            entry -> {
              BigDecimal sum =
                  Stream.of("blocked", "dns", "connect", "send", "wait", "receive")
                      .map(part -> entry.get("timings").get(part).decimalValue())
                      .filter(time -> time.signum() > 0)
                      .reduce(BigDecimal.ZERO, BigDecimal::add);
              assertThat(sum).isPositive();
              assertThat(sum).isEqualByComparingTo(entry.get("time").decimalValue());
            })
        .extracting(entry -> entry.at("/timings/ssl").decimalValue().signum())
        .containsExactly(1, -1);
  }

  @Test
  void aRequestThatFailedIsAnEntryToo() {
    Ended ended = CommandRun.of("--har", file().toString(), "http://127.0.0.1:1/");

    assertThat(ended.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(entries(read(file())))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.at("/response/status").intValue()).isZero();
              assertThat(entry.get("_failedPhase").textValue()).isEqualTo("connect");
            });
  }

  @Test
  void onStandardOutputItIsAloneAndAllElseGoesToStandardError() throws Exception {
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("--har", "-", site.url("/end"));

      assertThat(entries(JSON.readTree(ended.out()))).hasSize(1);
      assertThat(ended.out()).endsWith("}\n");
      assertThat(ended.err()).startsWith("GET " + site.url("/end") + "\n200 HTTP/1.1, ");
    }
  }

  @Test
  void secretsAreMaskedUnlessTheyAreToBeShown() throws Exception {
    try (Site site = Site.of(head -> Site.ok("", "Set-Cookie: a=SECRET"))) {
      String[] args = {
        "-H", "Cookie: id=SECRET", "-u", "me:SECRET", "--har", "-", site.url("/?token=SECRET")
      };
      assertThat(entries(JSON.readTree(CommandRun.of(args).out())).toString())
          .contains("/?token=***", "{\"name\":\"Cookie\",\"value\":\"***\"}")
          .doesNotContain("SECRET");

      String[] shown =
          Stream.concat(Stream.of("--show-secrets"), Stream.of(args)).toArray(String[]::new);
      assertThat(entries(JSON.readTree(CommandRun.of(shown).out())).toString())
          .contains("/?token=SECRET", "{\"name\":\"Cookie\",\"value\":\"id=SECRET\"}");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAnErrorUnlessThereIsOneAlready() {
    Path nowhere = directory.resolve("missing").resolve("a.har");
    String message =
        "httptrace: --har: cannot write '" + nowhere + "': no such file or directory\n";
    try (Site site = redirecting()) {
      Ended ended = CommandRun.of("--har", nowhere.toString(), site.url("/end"));

      assertThat(ended.exitCode()).isEqualTo(ExitCode.WRITE_ERROR);
      assertThat(ended.err()).isEqualTo(message);
      assertThat(ended.out()).startsWith("GET ");
    }
    Ended failed = CommandRun.of("--har", nowhere.toString(), "http://127.0.0.1:1/");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.CONNECT);
    assertThat(failed.err()).startsWith("httptrace: connect failed").endsWith(message);
  }

  @Test
  void theOldContentOfTheFileIsReplaced() throws Exception {
    Files.writeString(file(), "old".repeat(10_000));
    CommandRun.of("--har", file().toString(), "http://127.0.0.1:1/");

    assertThat(entries(read(file()))).hasSize(1);
  }
}
