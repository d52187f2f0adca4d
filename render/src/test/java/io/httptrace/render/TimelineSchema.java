package io.httptrace.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The schema in the docs, in a form that allows nothing it does not describe. */
final class TimelineSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(strict());

  private TimelineSchema() {}

  private static JsonNode strict() {
    try {
      JsonNode schema = JSON.readTree(Path.of("../docs/timeline.schema.json").toFile());
      forbidOthers(schema);
      return schema;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forbids what is not described in all schemas that stand for an object of their own. */
  private static void forbidOthers(JsonNode schema) {
    schema.forEach(TimelineSchema::forbidOthers);
    if (schema instanceof ObjectNode object && object.has("type") && object.has("properties")) {
      object.put("unevaluatedProperties", false);
    }
  }

  /** Asserts that a timeline is written as the schema says, and returns what was written. */
  static JsonNode check(Timeline timeline) {
    return check(TimelineJson.toJson(timeline));
  }

  /** Asserts the same of a timeline with members of the caller's own. */
  static JsonNode check(Timeline timeline, Map<String, ?> members) {
    return check(TimelineJson.toJson(timeline, Redaction.NONE, members));
  }

  private static JsonNode check(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      assertThat(faults(json)).as(text).isEmpty();
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is not as the schema says. */
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
