package io.httptrace.render;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.render.text.Wrapping;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of text above the bars of a round trip. What one of them says, no other says again. */
final class RoundTripFacts {
  private final Timeline timeline;
  private final RoundTrip roundTrip;
  private final FactSettings settings;
  private final List<Fact> facts = new ArrayList<>();

  private RoundTripFacts(Timeline timeline, RoundTrip roundTrip, FactSettings settings) {
    this.timeline = timeline;
    this.roundTrip = roundTrip;
    this.settings = settings;
  }

  /**
   * {@return what there is to say}
   *
   * @param timeline the timeline of the round trip
   * @param roundTrip the round trip
   * @param settings what of it to say
   */
  static List<Fact> of(Timeline timeline, RoundTrip roundTrip, FactSettings settings) {
    RoundTripFacts facts = new RoundTripFacts(timeline, roundTrip, settings);
    facts.addRequest();
    facts.addInformational();
    facts.addResponse();
    facts.addFailure();
    facts.addConnection();
    facts.addNotObservable();
    return List.copyOf(facts.facts);
  }

  private void add(@Nullable Ink ink, String text) {
    facts.add(Fact.of(ink, text));
  }

  private void addRequest() {
    RoundTripReason reason = roundTrip.reason();
    String why = reason == null || reason == RoundTripReason.FIRST ? "" : Labels.of(reason) + ": ";
    String method = roundTrip.method() == null ? "?" : roundTrip.method();
    String uri = roundTrip.uri(settings.redaction());
    String target = uri != null ? uri : roundTrip.hostPort() != null ? roundTrip.hostPort() : "?";
    boolean onlyOne = timeline.roundTrips().size() == 1;
    add(Ink.HEADING, (onlyOne ? "" : "#" + roundTrip.number() + " " + why) + method + " " + target);
    if (settings.requestHeaders()) {
      for (HeaderField field : roundTrip.requestHeaders()) {
        field
            .values(settings.redaction())
            .forEach(value -> facts.add(Fact.field(field.name(), value, false)));
      }
    }
  }

  private void addNotObservable() {
    roundTrip
        .notObservable()
        .forEach((kind, reason) -> add(Ink.FAINT, kind.label() + " is not observable: " + reason));
  }

  private void addInformational() {
    for (InformationalResponse response :
        ExchangeTimes.of(timeline, roundTrip).otherInformational()) {
      Duration since = response.at().minus(roundTrip.start());
      add(null, response.code() + name(response.code()) + " after " + Quantities.time(since));
      if (settings.responseHeaders(false) == HeaderDetail.ALL) {
        facts.addAll(HeaderLines.of(response.headers(settings.redaction()), HeaderDetail.ALL));
      }
    }
  }

  /** The names are those of IANA's registry. */
  private static String name(int informational) {
    return switch (informational) {
      case 100 -> " Continue";
      case 102 -> " Processing";
      case 103 -> " Early Hints";
      default -> " informational";
    };
  }

  private void addResponse() {
    if (roundTrip.status().isEmpty()) {
      return;
    }
    int status = roundTrip.status().getAsInt();
    ByteCounts bytes = roundTrip.bytes();
    String body = bytes == null ? "" : ", body " + Quantities.bytes(bytes.contentReceived());
    Ink ink = status < 300 ? Ink.GOOD : status < 400 ? Ink.NEUTRAL : Ink.BAD;
    add(ink, status + " " + roundTrip.protocol() + body);
    Map<String, List<String>> headers = roundTrip.responseHeaders(settings.redaction());
    if (headers != null) {
      boolean headOnly = "HEAD".equals(roundTrip.method());
      facts.addAll(HeaderLines.of(headers, settings.responseHeaders(headOnly)));
    }
  }

  private void addFailure() {
    RoundTripOutcome outcome = roundTrip.outcome();
    if (outcome == null || outcome == RoundTripOutcome.COMPLETED) {
      return;
    }
    Phase failed = roundTrip.failedPhase();
    String phase = failed == null ? "" : failed.kind().label();
    Phase last = roundTrip.failedAfter();
    String past = last == null ? "" : " past " + last.kind().label();
    String where = phase.isEmpty() ? past : " in " + phase;
    Throwable error = roundTrip.error();
    String why =
        error == null || !saysWhy()
            ? ""
            : ": " + settings.redaction().text(Reasons.of(error, phase));
    String what =
        switch (outcome) {
          case COMPLETED, FAILED -> "failed";
          case TIMED_OUT -> "timed out";
          case CANCELLED -> "cancelled";
          case ABANDONED -> "body abandoned";
        };
    add(Ink.BAD, what + where + why);
  }

  private boolean saysWhy() {
    List<RoundTrip> all = timeline.roundTrips();
    return settings.explainsLast() || roundTrip.number() != all.get(all.size() - 1).number();
  }

  private void addConnection() {
    ConnectionUse connection = roundTrip.connection();
    if (connection == null) {
      return;
    }
    String protocol = connection.protocol();
    add(
        null,
        "connection #"
            + connection.id()
            + " "
            + origin(connection)
            + ", "
            + (protocol.equals(roundTrip.protocol()) ? "" : protocol + ", ")
            + Addresses.of(connection.localAddress())
            + Wrapping.TIE
            + "->"
            + Wrapping.TIE
            + Addresses.of(connection.remoteAddress()));
    String proxy = roundTrip.proxy();
    if (proxy != null) {
      add(null, "by the proxy " + proxy);
    }
    TlsConnectionState tls = connection.tls();
    if (tls != null && !isSaidBefore(connection)) {
      addTls(tls, protocol);
    }
  }

  private boolean isSaidBefore(ConnectionUse connection) {
    return timeline.roundTrips().stream()
        .takeWhile(before -> before.number() < roundTrip.number())
        .map(RoundTrip::connection)
        .anyMatch(before -> before != null && before.id() == connection.id());
  }

  /** What a handshake of this round trip agreed on, its row says too; and ALPN is the protocol. */
  private void addTls(TlsConnectionState tls, String protocol) {
    boolean inRow = !roundTrip.phases(PhaseKind.TLS).isEmpty();
    String alpn = tls.applicationProtocol();
    boolean told = alpn.isEmpty() || protocol.equals(protocolOf(alpn));
    add(
        null,
        tls.version()
            + " "
            + tls.cipherSuite()
            + (tls.resumed() && !inRow ? ", session resumed" : "")
            + (told ? "" : ", ALPN " + alpn));
    CertificateText certificate =
        inRow ? CertificateText.of(tls, timeline.startedAt().plus(roundTrip.start())) : null;
    if (certificate != null) {
      add(null, certificate.subject());
      add(certificate.ink(), certificate.issuer());
    }
  }

  private static String protocolOf(String alpn) {
    return switch (alpn) {
      case "h2" -> "HTTP/2";
      case "http/1.1" -> "HTTP/1.1";
      default -> "";
    };
  }

  private static String origin(ConnectionUse connection) {
    if (connection.dialledForAnotherRequest()) {
      return "dialled for another request";
    }
    if (!connection.reused()) {
      return "new";
    }
    Duration idle = connection.idleTime();
    return "reused"
        + (idle == null ? "" : ", idle for " + Quantities.time(idle))
        + ", request "
        + (connection.requestsBefore() + 1)
        + " on it";
  }
}
