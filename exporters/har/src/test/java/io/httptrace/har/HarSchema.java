package io.httptrace.har;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What the specification of HAR 1.2 demands, in a form that allows nothing else. */
final class HarSchema {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(read());

  private HarSchema() {}

  private static JsonNode read() {
    try (InputStream in = HarSchema.class.getResourceAsStream("/har-1.2.schema.json")) {
      return JSON.readTree(Objects.requireNonNull(in, "no schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that a text is a HAR, and returns its entries. */
  static JsonNode entries(String har) {
    try {
      JsonNode json = JSON.readTree(har);
      assertThat(faults(json)).as(har).isEmpty();
      return json.get("log").get("entries");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is not as the specification says. */
  static List<String> faults(JsonNode json) {
    return SCHEMA
        .validate(
            json,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }
}
