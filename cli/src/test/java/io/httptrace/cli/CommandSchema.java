package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schemas in the docs, in a form that allows nothing they do not describe. */
final class CommandSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(strict());

  private CommandSchema() {}

  /** All files as one schema, so that nothing has to be looked up. */
  private static JsonNode strict() {
    try {
      ObjectNode command = (ObjectNode) JSON.readTree(inside(docs("command.schema.json")));
      ObjectNode others = (ObjectNode) command.get("$defs");
      others.set("timeline", strict("timeline"));
      others.set("measure", strict("measure"));
      return command;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema for a place inside of another one. */
  private static JsonNode strict(String name) throws IOException {
    String text =
        docs(name + ".schema.json").replace("\"#/$defs/", "\"#/$defs/" + name + "/$defs/");
    ObjectNode schema = (ObjectNode) JSON.readTree(inside(text));
    schema.remove(List.of("$schema", "$id"));
    forbidOthers(schema);
    return schema;
  }

  /** The text with references to places inside of it, in place of those to other files. */
  private static String inside(String text) {
    return text.replaceAll(
        "\"\\$ref\": \"([a-z]+)\\.schema\\.json#?", "\"\\$ref\": \"#/\\$defs/$1");
  }

  private static String docs(String name) throws IOException {
    return Files.readString(Path.of("../docs").resolve(name));
  }

  /** Forbids what is not described in all schemas that stand for an object of their own. */
  private static void forbidOthers(JsonNode schema) {
    schema.forEach(CommandSchema::forbidOthers);
    if (schema instanceof ObjectNode object && object.has("type") && object.has("properties")) {
      object.put("unevaluatedProperties", false);
    }
  }

  /** Asserts that a text is one JSON document as the schema says, and returns it. */
  static JsonNode check(String text) {
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
