package io.httptrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.httptrace.ByteCounts;
import io.httptrace.timeline.ConnectionRecord;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
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
  static final String SCHEMA = "httptrace/2";

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
    json.writeArrayFieldStart("roundTrips");
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      roundTrip(roundTrip);
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

  private void roundTrip(RoundTrip roundTrip) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", roundTrip.number());
    facts.constant("reason", roundTrip.reason());
    facts.string("method", roundTrip.method());
    facts.string("uri", roundTrip.uri(redaction));
    facts.string("hostPort", roundTrip.hostPort());
    facts.string("proxy", Via.proxy(roundTrip));
    facts.constant("outcome", roundTrip.outcome());
    Phase failed = roundTrip.failedPhase();
    facts.string("failedPhase", failed == null ? null : Phases.name(failed.kind()));
    Phase last = roundTrip.failedAfter();
    facts.string("failedAfter", last == null ? null : Phases.name(last.kind()));
    facts.error(roundTrip.error());
    figures(roundTrip);
    used(roundTrip.connection());
    json.writeArrayFieldStart("requestHeaders");
    for (HeaderField field : roundTrip.requestHeaders()) {
      facts.header(field.name(), field.values(redaction));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("informationalResponses");
    for (InformationalResponse response : roundTrip.informationalResponses()) {
      informational(response);
    }
    json.writeEndArray();
    response(roundTrip);
    bytes(roundTrip.bytes());
    phases(roundTrip.phases());
    notObservable(roundTrip);
    json.writeEndObject();
  }

  private void notObservable(RoundTrip roundTrip) throws IOException {
    if (roundTrip.hookSupport() == null) {
      json.writeNullField("notObservable");
      return;
    }
    json.writeArrayFieldStart("notObservable");
    for (Map.Entry<PhaseKind, String> entry : roundTrip.notObservable().entrySet()) {
      json.writeStartObject();
      json.writeStringField("kind", Phases.name(entry.getKey()));
      json.writeStringField("reason", entry.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void figures(RoundTrip roundTrip) throws IOException {
    facts.nanos("startNanos", roundTrip.start());
    facts.nanos("endNanos", roundTrip.end());
    facts.nanos("totalNanos", roundTrip.total());
    facts.nanos("timeToConnectionNanos", roundTrip.timeToConnection());
    facts.nanos("connectNanos", roundTrip.connectTime());
    facts.nanos("connectWithTlsNanos", roundTrip.connectTimeWithTls());
    facts.nanos("timeToFirstByteNanos", roundTrip.timeToFirstByte());
    facts.nanos("serverNanos", roundTrip.serverTime());
    facts.nanos("clientNanos", ClientTime.of(roundTrip));
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

  private void response(RoundTrip roundTrip) throws IOException {
    OptionalInt status = roundTrip.status();
    Map<String, List<String>> headers = roundTrip.responseHeaders(redaction);
    if (status.isEmpty() || headers == null) {
      json.writeNullField("response");
      return;
    }
    json.writeObjectFieldStart("response");
    json.writeNumberField("status", status.getAsInt());
    facts.string("protocol", roundTrip.protocol());
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
      json.writeNumberField("dialledByRoundTrip", dialledBy.getAsInt());
    } else {
      json.writeNullField("dialledByRoundTrip");
    }
    json.writeArrayFieldStart("usedByRoundTrips");
    for (int roundTrip : connection.usedBy()) {
      json.writeNumber(roundTrip);
    }
    json.writeEndArray();
    json.writeBooleanField("abandoned", connection.abandoned());
    phases(connection.phases());
    json.writeEndObject();
  }
}
