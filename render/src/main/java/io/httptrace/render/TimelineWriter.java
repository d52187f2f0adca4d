package io.httptrace.render;

import static java.util.Objects.requireNonNull;

import io.httptrace.ByteCounts;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.ServerTiming;
import io.httptrace.timeline.ConnectionRecord;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one timeline as JSON: see {@link TimelineJson}. */
final class TimelineWriter {
  private static final Set<String> MEMBERS =
      Set.of(
          "schema",
          "startedAt",
          "totalNanos",
          "ended",
          "droppedEvents",
          "roundTrips",
          "connections");

  private final JsonWriter json = new JsonWriter();
  private final JsonFacts facts;
  private final Redaction redaction;

  TimelineWriter(Redaction redaction) {
    this.facts = new JsonFacts(json, redaction);
    this.redaction = redaction;
  }

  /**
   * {@return the JSON}
   *
   * @param timeline what to write
   * @param members what to write after it
   */
  String write(Timeline timeline, Map<String, ?> members) {
    json.startObject();
    timeline(timeline);
    members.forEach(this::member);
    return json.endObject().toString();
  }

  private void member(String name, @Nullable Object value) {
    requireNonNull(name, "name of a member");
    if (MEMBERS.contains(name)) {
      throw new IllegalArgumentException("the timeline already has a member \"" + name + "\"");
    }
    json.member(name, value);
  }

  private void timeline(Timeline timeline) {
    json.string("schema", TimelineJson.SCHEMA);
    json.string("startedAt", timeline.startedAt().toString());
    facts.nanos("totalNanos", timeline.total());
    json.bool("ended", timeline.ended());
    json.number("droppedEvents", timeline.droppedEvents());
    json.startArray("roundTrips");
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      roundTrip(roundTrip);
    }
    json.endArray();
    json.startArray("connections");
    for (ConnectionRecord connection : timeline.connections()) {
      connection(connection);
    }
    json.endArray();
  }

  private void roundTrip(RoundTrip roundTrip) {
    json.startObject();
    json.number("number", roundTrip.number());
    facts.constant("reason", roundTrip.reason());
    json.string("method", roundTrip.method());
    json.string("uri", roundTrip.uri(redaction));
    json.string("hostPort", roundTrip.hostPort());
    json.string("proxy", roundTrip.proxy());
    facts.constant("outcome", roundTrip.outcome());
    Phase failed = roundTrip.failedPhase();
    json.string("failedPhase", failed == null ? null : failed.kind().label());
    Phase last = roundTrip.failedAfter();
    json.string("failedAfter", last == null ? null : last.kind().label());
    facts.error(roundTrip.error());
    figures(roundTrip);
    used(roundTrip.connection());
    json.startArray("requestHeaders");
    for (HeaderField field : roundTrip.requestHeaders()) {
      facts.header(field.name(), field.values(redaction));
    }
    json.endArray();
    json.startArray("informationalResponses");
    for (InformationalResponse response : roundTrip.informationalResponses()) {
      informational(response);
    }
    json.endArray();
    response(roundTrip);
    bytes(roundTrip.bytes());
    phases(roundTrip.phases());
    notObservable(roundTrip);
    json.endObject();
  }

  private void notObservable(RoundTrip roundTrip) {
    if (roundTrip.hookSupport() == null) {
      json.none("notObservable");
      return;
    }
    json.startArray("notObservable");
    for (Map.Entry<PhaseKind, String> entry : roundTrip.notObservable().entrySet()) {
      json.startObject();
      json.string("kind", entry.getKey().label());
      json.string("reason", entry.getValue());
      json.endObject();
    }
    json.endArray();
  }

  private void figures(RoundTrip roundTrip) {
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

  private void used(@Nullable ConnectionUse connection) {
    if (connection == null) {
      json.none("connection");
      return;
    }
    json.startObject("connection");
    json.number("id", connection.id());
    json.bool("reused", connection.reused());
    json.bool("wasIdle", connection.wasIdle());
    facts.nanos("idleNanos", connection.idleTime());
    json.number("requestsBefore", connection.requestsBefore());
    json.bool("dialledForAnotherRequest", connection.dialledForAnotherRequest());
    json.string("localAddress", Addresses.of(connection.localAddress()));
    json.string("remoteAddress", Addresses.of(connection.remoteAddress()));
    json.string("protocol", connection.protocol());
    facts.tls(connection.tls());
    json.endObject();
  }

  private void informational(InformationalResponse response) {
    json.startObject();
    facts.nanos("atNanos", response.at());
    json.number("status", response.code());
    facts.headers(response.headers(redaction));
    json.endObject();
  }

  private void response(RoundTrip roundTrip) {
    OptionalInt status = roundTrip.status();
    Map<String, List<String>> headers = roundTrip.responseHeaders(redaction);
    if (status.isEmpty() || headers == null) {
      json.none("response");
      return;
    }
    json.startObject("response");
    json.number("status", status.getAsInt());
    json.string("protocol", roundTrip.protocol());
    facts.headers(headers);
    facts.serverTimings(ServerTiming.of(roundTrip));
    json.endObject();
  }

  private void bytes(@Nullable ByteCounts bytes) {
    if (bytes == null) {
      json.none("bytes");
      return;
    }
    json.startObject("bytes");
    json.number("wireSent", bytes.wireSent());
    json.number("wireReceived", bytes.wireReceived());
    json.number("contentSent", bytes.contentSent());
    json.number("contentReceived", bytes.contentReceived());
    json.endObject();
  }

  private void phases(List<Phase> phases) {
    json.startArray("phases");
    for (Phase phase : phases) {
      json.startObject();
      json.string("kind", phase.kind().label());
      facts.nanos("startNanos", phase.start());
      facts.nanos("endNanos", phase.end());
      facts.nanos("durationNanos", phase.duration());
      facts.constant("outcome", phase.outcome());
      facts.error(phase.error());
      facts.number("connectionId", phase.connectionId());
      json.bool("abandoned", phase.abandoned());
      facts.ofKind(phase);
      json.endObject();
    }
    json.endArray();
  }

  private void connection(ConnectionRecord connection) {
    json.startObject();
    facts.number("id", connection.id());
    OptionalInt dialledBy = connection.dialledBy();
    if (dialledBy.isPresent()) {
      json.number("dialledByRoundTrip", dialledBy.getAsInt());
    } else {
      json.none("dialledByRoundTrip");
    }
    json.startArray("usedByRoundTrips");
    for (int roundTrip : connection.usedBy()) {
      json.value(roundTrip);
    }
    json.endArray();
    json.bool("abandoned", connection.abandoned());
    phases(connection.phases());
    json.endObject();
  }
}
