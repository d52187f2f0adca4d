package io.httptrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes every sample and every median as JSON. */
final class ResultFile {
  private ResultFile() {}

  static void write(Writer target, Plan plan, List<Row> rows) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(target)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("java", System.getProperty("java.runtime.version"));
      json.writeStringField("system", System.getProperty("os.name"));
      json.writeStringField("architecture", System.getProperty("os.arch"));
      json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
      json.writeNumberField("rounds", plan.rounds());
      json.writeNumberField("warmupMillis", plan.warmup().toMillis());
      json.writeNumberField("measuredMillis", plan.measured().toMillis());
      json.writeArrayFieldStart("rows");
      for (Row row : rows) {
        writeRow(json, row);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeRow(JsonGenerator json, Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("client", row.client().id());
    json.writeNumberField("threads", row.threads());
    json.writeNumberField("requestsPerSecond", Math.round(row.requestsPerSecond()));
    json.writeNumberField("cpuNanosPerRequest", Math.round(row.cpuMicrosPerRequest() * 1e3));
    json.writeNumberField("bytesPerRequest", Math.round(row.bytesPerRequest()));
    json.writeArrayFieldStart("samples");
    for (Sample sample : row.samples()) {
      json.writeStartObject();
      json.writeNumberField("requests", sample.requests());
      json.writeNumberField("nanos", sample.nanos());
      json.writeNumberField("cpuNanos", sample.cpuNanos());
      json.writeNumberField("allocatedBytes", sample.allocatedBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
