package io.httptrace.html;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Quantities;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one round trip.
 *
 * @param page where to write
 * @param timeline the call it belongs to
 * @param roundTrip the round trip
 * @param redaction whether secrets are masked
 */
record RoundTripDetails(Markup page, Timeline timeline, RoundTrip roundTrip, Redaction redaction) {

  /** {@return how it ended} */
  static String words(RoundTripOutcome outcome) {
    return switch (outcome) {
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case TIMED_OUT -> "timed out";
      case CANCELLED -> "cancelled";
      case ABANDONED -> "body abandoned";
    };
  }

  void write() {
    boolean onlyOne = timeline.roundTrips().size() == 1;
    page.open("details", "open", "").open("summary");
    page.text(onlyOne ? "Request and response" : "#" + roundTrip.number() + " ");
    if (!onlyOne) {
      page.element("span", CallSection.request(roundTrip, redaction));
    }
    page.close("summary").open("div", "class", "sheets");
    sheet("Request header", requestFields());
    sheet("Response header", fields(roundTrip.responseHeaders(redaction)));
    for (InformationalResponse response : roundTrip.informationalResponses()) {
      Duration after = response.at().minus(roundTrip.start());
      sheet(
          response.code() + " after " + Quantities.millis(after),
          fields(response.headers(redaction)));
    }
    ConnectionUse connection = roundTrip.connection();
    if (connection != null) {
      sheet("Connection", connection(connection));
      TlsConnectionState tls = connection.tls();
      if (tls != null) {
        sheet("TLS", PhaseFacts.tls(tls));
        new CertificateTable(page, tls.peerCertificates(), timeline.startedAt()).write();
      }
    }
    sheet("Figures", figures());
    roundTrip.notObservable().forEach(this::notObservable);
    page.close("div").closeLine("details");
    phases(onlyOne);
  }

  private void notObservable(Enum<?> kind, String reason) {
    page.element("p", Labels.of(kind) + " is not observable: " + reason, "class", "none");
  }

  // ---- Header fields ----

  private List<NamedFact> requestFields() {
    List<NamedFact> facts = new ArrayList<>();
    for (HeaderField field : roundTrip.requestHeaders()) {
      field.values(redaction).forEach(value -> facts.add(new NamedFact(field.name(), value)));
    }
    return facts;
  }

  private static List<NamedFact> fields(@Nullable Map<String, List<String>> headers) {
    List<NamedFact> facts = new ArrayList<>();
    if (headers != null) {
      headers.forEach(
          (name, values) -> values.forEach(value -> facts.add(new NamedFact(name, value))));
    }
    return facts;
  }

  // ---- What else is known ----

  private List<NamedFact> connection(ConnectionUse connection) {
    List<NamedFact> facts = new ArrayList<>();
    facts.add(new NamedFact("Number", "#" + connection.id()));
    facts.add(new NamedFact("State", state(connection)));
    Duration idle = connection.idleTime();
    if (idle != null) {
      facts.add(new NamedFact("Idle before", Quantities.millis(idle)));
    }
    facts.add(new NamedFact("Protocol", connection.protocol()));
    facts.add(new NamedFact("From", Addresses.of(connection.localAddress())));
    facts.add(new NamedFact("To", Addresses.of(connection.remoteAddress())));
    if (roundTrip.proxy() != null) {
      facts.add(new NamedFact("Proxy", roundTrip.proxy()));
    }
    return facts;
  }

  private static String state(ConnectionUse connection) {
    if (connection.dialledForAnotherRequest()) {
      return "dialled for another request";
    }
    return connection.reused()
        ? "reused, request " + (connection.requestsBefore() + 1) + " on it"
        : "new";
  }

  private List<NamedFact> figures() {
    List<NamedFact> facts = new ArrayList<>();
    RoundTripOutcome outcome = roundTrip.outcome();
    facts.add(new NamedFact("Outcome", outcome == null ? "not over yet" : words(outcome)));
    facts.add(new NamedFact("Total", Quantities.millis(roundTrip.total())));
    time(facts, "Time to connection", roundTrip.timeToConnection());
    time(facts, "Time to first byte", roundTrip.timeToFirstByte());
    ByteCounts bytes = roundTrip.bytes();
    if (bytes != null) {
      facts.add(new NamedFact("Sent, with head", Quantities.bytes(bytes.wireSent())));
      facts.add(new NamedFact("Received, with head", Quantities.bytes(bytes.wireReceived())));
      facts.add(new NamedFact("Body sent", Quantities.bytes(bytes.contentSent())));
      facts.add(new NamedFact("Body received", Quantities.bytes(bytes.contentReceived())));
    }
    return facts;
  }

  private static void time(List<NamedFact> facts, String name, @Nullable Duration time) {
    if (time != null) {
      facts.add(new NamedFact(name, Quantities.millis(time)));
    }
  }

  private void sheet(String title, List<NamedFact> facts) {
    page.open("div").element("h4", title);
    if (facts.isEmpty()) {
      page.element("p", "none", "class", "none");
    } else {
      page.open("table", "class", "facts").open("tbody");
      for (NamedFact fact : facts) {
        page.open("tr").element("th", fact.name(), "scope", "row");
        page.element("td", fact.value()).closeLine("tr");
      }
      page.close("tbody").close("table");
    }
    page.closeLine("div");
  }

  // ---- Phases ----

  private void phases(boolean onlyOne) {
    page.open("details").open("summary").text("Phases ");
    String of = onlyOne ? "" : "of #" + roundTrip.number() + ", ";
    page.element("span", of + roundTrip.phases().size());
    page.close("summary").open("div", "class", "sheets").open("div", "class", "wide");
    page.open("table", "class", "list").open("thead").open("tr");
    page.element("th", "Phase", "scope", "col");
    for (String name : new String[] {"Start", "End", "Duration"}) {
      page.element("th", name, "scope", "col", "class", "number");
    }
    page.element("th", "Details", "scope", "col").close("tr").close("thead").open("tbody");
    PhaseFacts facts = new PhaseFacts(roundTrip, redaction);
    for (Phase phase : roundTrip.phases()) {
      page.open("tr").element("th", phase.kind().label(), "scope", "row");
      number(phase.start());
      number(phase.end());
      number(phase.duration());
      page.element("td", facts.summary(phase)).closeLine("tr");
    }
    page.close("tbody").close("table").close("div").close("div").closeLine("details");
  }

  private void number(Duration duration) {
    page.element("td", Quantities.millis(duration), "class", "number");
  }
}
