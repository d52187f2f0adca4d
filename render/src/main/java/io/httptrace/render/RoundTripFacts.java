package io.httptrace.render;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Printable;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of text above the bars of a round trip. */
final class RoundTripFacts {

  /**
   * A paragraph.
   *
   * @param ink what it is written in; null for the terminal's own
   * @param text the text, in one line
   */
  record Fact(@Nullable Ink ink, String text) {}

  private final RoundTrip roundTrip;
  private final boolean saysWhy;
  private final Redaction redaction;
  private final List<Fact> facts = new ArrayList<>();

  private RoundTripFacts(RoundTrip roundTrip, boolean saysWhy, Redaction redaction) {
    this.roundTrip = roundTrip;
    this.saysWhy = saysWhy;
    this.redaction = redaction;
  }

  /**
   * {@return what there is to say}
   *
   * @param roundTrip the round trip
   * @param onlyOne whether the timeline has no other
   * @param saysWhy whether to say why it failed, if it did
   * @param redaction whether secrets are masked
   */
  static List<Fact> of(RoundTrip roundTrip, boolean onlyOne, boolean saysWhy, Redaction redaction) {
    RoundTripFacts facts = new RoundTripFacts(roundTrip, saysWhy, redaction);
    facts.addRequest(onlyOne);
    facts.addInformational();
    facts.addResponse();
    facts.addFailure();
    facts.addConnection();
    facts.addNotObservable();
    return List.copyOf(facts.facts);
  }

  private void add(@Nullable Ink ink, String text) {
    facts.add(new Fact(ink, Printable.text(text)));
  }

  private void addRequest(boolean onlyOne) {
    String reason =
        roundTrip.reason() == null ? "" : roundTrip.reason().name().toLowerCase(Locale.ROOT) + ": ";
    String method = roundTrip.method() == null ? "?" : roundTrip.method();
    String uri = roundTrip.uri(redaction);
    String target = uri != null ? uri : roundTrip.hostPort() != null ? roundTrip.hostPort() : "?";
    add(
        Ink.HEADING,
        (onlyOne ? "" : "#" + roundTrip.number() + " " + reason) + method + " " + target);
  }

  private void addNotObservable() {
    roundTrip
        .notObservable()
        .forEach((kind, reason) -> add(Ink.FAINT, kind.label() + " is not observable: " + reason));
  }

  private void addInformational() {
    for (InformationalResponse response : roundTrip.informationalResponses()) {
      Duration since = response.at().minus(roundTrip.start());
      add(null, response.code() + " informational, after " + Quantities.millis(since));
    }
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
    if ("HEAD".equals(roundTrip.method())) {
      addHeaders(roundTrip.responseHeaders(redaction));
    }
  }

  /** Who asks for the head alone wants to see it. */
  private void addHeaders(@Nullable Map<String, List<String>> headers) {
    if (headers != null) {
      headers.forEach((name, values) -> values.forEach(value -> add(null, name + ": " + value)));
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
    String why = error == null || !saysWhy ? "" : ": " + redaction.text(Reasons.of(error, phase));
    String what =
        switch (outcome) {
          case COMPLETED, FAILED -> "failed";
          case TIMED_OUT -> "timed out";
          case CANCELLED -> "cancelled";
          case ABANDONED -> "body abandoned";
        };
    add(Ink.BAD, what + where + why);
  }

  private void addConnection() {
    ConnectionUse connection = roundTrip.connection();
    if (connection == null) {
      return;
    }
    add(
        null,
        "connection #"
            + connection.id()
            + " "
            + origin(connection)
            + ", "
            + connection.protocol()
            + ", "
            + Addresses.of(connection.localAddress())
            + " -> "
            + Addresses.of(connection.remoteAddress()));
    String proxy = roundTrip.proxy();
    if (proxy != null) {
      add(null, "by the proxy " + proxy);
    }
    TlsConnectionState tls = connection.tls();
    if (tls != null) {
      String alpn = tls.applicationProtocol();
      add(
          null,
          tls.version()
              + " "
              + tls.cipherSuite()
              + (tls.resumed() ? ", session resumed" : "")
              + (alpn.isEmpty() ? "" : ", ALPN " + alpn));
    }
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
        + (idle == null ? "" : ", idle for " + Quantities.millis(idle))
        + ", request "
        + (connection.requestsBefore() + 1)
        + " on it";
  }
}
