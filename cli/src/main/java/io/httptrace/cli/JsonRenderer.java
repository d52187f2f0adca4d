package io.httptrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.httptrace.ByteCounts;
import io.httptrace.timeline.ConnectionRecord;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Leg;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes a timeline as JSON, as {@code docs/cli-json.md} describes it: one object, on one line.
 *
 * <p>All members are always there, null for what did not happen or is not known, except those that
 * only one kind of phase has.
 */
final class JsonRenderer {
  /** The name of the schema; the number changes when a reader of the old one could go wrong. */
  static final String SCHEMA = "httptrace/1";

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;
  private final JsonFacts facts;
  private final Redaction redaction;

  private JsonRenderer(JsonGenerator json, Redaction redaction) {
    this.json = json;
    this.facts = new JsonFacts(json, redaction);
    this.redaction = redaction;
  }

  /**
   * {@return the JSON, without a line feed}
   *
   * @param timeline what to write
   * @param failure why the command fails, or null
   * @param redaction whether secrets are masked
   */
  static String render(Timeline timeline, @Nullable Failure failure, Redaction redaction) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new JsonRenderer(json, redaction).timeline(timeline, failure);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter throws none
    }
    return text.toString();
  }

  private void timeline(Timeline timeline, @Nullable Failure failure) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    facts.string("startedAt", timeline.startedAt().toString());
    facts.nanos("totalNanos", timeline.total());
    json.writeBooleanField("ended", timeline.ended());
    json.writeNumberField("droppedEvents", timeline.droppedEvents());
    failure(failure);
    json.writeArrayFieldStart("legs");
    for (Leg leg : timeline.legs()) {
      leg(leg);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("connections");
    for (ConnectionRecord connection : timeline.connections()) {
      connection(connection);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void failure(@Nullable Failure failure) throws IOException {
    if (failure == null) {
      json.writeNullField("failure");
      return;
    }
    json.writeObjectFieldStart("failure");
    json.writeNumberField("exitCode", failure.exitCode().number());
    facts.string("phase", failure.phase() == null ? null : Phases.name(failure.phase()));
    facts.string("message", failure.message());
    json.writeEndObject();
  }

  private void leg(Leg leg) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", leg.number());
    facts.constant("reason", leg.reason());
    facts.string("method", leg.method());
    facts.string("uri", leg.uri(redaction));
    facts.string("hostPort", leg.hostPort());
    facts.string("proxy", Via.proxy(leg));
    facts.constant("outcome", leg.outcome());
    Phase failed = leg.failedPhase();
    facts.string("failedPhase", failed == null ? null : Phases.name(failed.kind()));
    Phase last = leg.failedAfter();
    facts.string("failedAfter", last == null ? null : Phases.name(last.kind()));
    facts.error(leg.error());
    figures(leg);
    used(leg.connection());
    json.writeArrayFieldStart("requestHeaders");
    for (HeaderField field : leg.requestHeaders()) {
      facts.header(field.name(), field.values(redaction));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("informationalResponses");
    for (InformationalResponse response : leg.informationalResponses()) {
      informational(response);
    }
    json.writeEndArray();
    response(leg);
    bytes(leg.bytes());
    phases(leg.phases());
    json.writeEndObject();
  }

  private void figures(Leg leg) throws IOException {
    facts.nanos("startNanos", leg.start());
    facts.nanos("endNanos", leg.end());
    facts.nanos("totalNanos", leg.total());
    facts.nanos("timeToConnectionNanos", leg.timeToConnection());
    facts.nanos("connectNanos", leg.connectTime());
    facts.nanos("connectWithTlsNanos", leg.connectTimeWithTls());
    facts.nanos("timeToFirstByteNanos", leg.timeToFirstByte());
    facts.nanos("serverNanos", leg.serverTime());
  }

  private void used(@Nullable ConnectionUse connection) throws IOException {
    if (connection == null) {
      json.writeNullField("connection");
      return;
    }
    json.writeObjectFieldStart("connection");
    json.writeNumberField("id", connection.id());
    json.writeBooleanField("reused", connection.reused());
    json.writeBooleanField("wasIdle", connection.wasIdle());
    facts.nanos("idleNanos", connection.idleTime());
    json.writeNumberField("requestsBefore", connection.requestsBefore());
    json.writeBooleanField("dialledForAnotherRequest", connection.dialledForAnotherRequest());
    facts.string("localAddress", Addresses.of(connection.localAddress()));
    facts.string("remoteAddress", Addresses.of(connection.remoteAddress()));
    facts.string("protocol", connection.protocol());
    facts.tls(connection.tls());
    json.writeEndObject();
  }

  private void informational(InformationalResponse response) throws IOException {
    json.writeStartObject();
    facts.nanos("atNanos", response.at());
    json.writeNumberField("status", response.code());
    facts.headers(response.headers(redaction));
    json.writeEndObject();
  }

  private void response(Leg leg) throws IOException {
    OptionalInt status = leg.status();
    Map<String, List<String>> headers = leg.responseHeaders(redaction);
    if (status.isEmpty() || headers == null) {
      json.writeNullField("response");
      return;
    }
    json.writeObjectFieldStart("response");
    json.writeNumberField("status", status.getAsInt());
    facts.string("protocol", leg.protocol());
    facts.headers(headers);
    json.writeEndObject();
  }

  private void bytes(@Nullable ByteCounts bytes) throws IOException {
    if (bytes == null) {
      json.writeNullField("bytes");
      return;
    }
    json.writeObjectFieldStart("bytes");
    json.writeNumberField("wireSent", bytes.wireSent());
    json.writeNumberField("wireReceived", bytes.wireReceived());
    json.writeNumberField("contentSent", bytes.contentSent());
    json.writeNumberField("contentReceived", bytes.contentReceived());
    json.writeEndObject();
  }

  private void phases(List<Phase> phases) throws IOException {
    json.writeArrayFieldStart("phases");
    for (Phase phase : phases) {
      json.writeStartObject();
      facts.string("kind", Phases.name(phase.kind()));
      facts.nanos("startNanos", phase.start());
      facts.nanos("endNanos", phase.end());
      facts.nanos("durationNanos", phase.duration());
      facts.constant("outcome", phase.outcome());
      facts.error(phase.error());
      facts.number("connectionId", phase.connectionId());
      json.writeBooleanField("abandoned", phase.abandoned());
      facts.ofKind(phase);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void connection(ConnectionRecord connection) throws IOException {
    json.writeStartObject();
    facts.number("id", connection.id());
    OptionalInt dialledBy = connection.dialledBy();
    if (dialledBy.isPresent()) {
      json.writeNumberField("dialledByLeg", dialledBy.getAsInt());
    } else {
      json.writeNullField("dialledByLeg");
    }
    json.writeArrayFieldStart("usedByLegs");
    for (int leg : connection.usedBy()) {
      json.writeNumber(leg);
    }
    json.writeEndArray();
    json.writeBooleanField("abandoned", connection.abandoned());
    phases(connection.phases());
    json.writeEndObject();
  }
}
