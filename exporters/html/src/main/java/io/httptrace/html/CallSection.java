package io.httptrace.html;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripOutcome;
import io.httptrace.render.text.FieldText;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What the page says of one call.
 *
 * @param page where to write
 * @param timeline the call
 * @param redaction whether secrets are masked
 * @param number its number on the page, from 1
 */
record CallSection(Markup page, Timeline timeline, Redaction redaction, int number) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** {@return an instant for people} */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@return what was requested} */
  static String request(RoundTrip roundTrip, Redaction redaction) {
    return method(roundTrip) + " " + target(roundTrip, redaction);
  }

  private static String method(RoundTrip roundTrip) {
    return roundTrip.method() == null ? "?" : roundTrip.method();
  }

  private static String target(RoundTrip roundTrip, Redaction redaction) {
    String uri = roundTrip.uri(redaction);
    String host = roundTrip.hostPort();
    return uri != null ? uri : host != null ? host : "?";
  }

  void write() {
    List<RoundTrip> roundTrips = timeline.roundTrips();
    String id = "call-" + number;
    page.open("section", "class", "call", "aria-labelledby", id);
    page.open("h2", "id", id);
    if (roundTrips.isEmpty()) {
      page.text("Nothing was sent").close("h2");
    } else {
      RoundTrip first = roundTrips.get(0);
      page.element("span", method(first) + " ", "class", "method");
      page.text(target(first, redaction)).closeLine("h2");
      chips(first, roundTrips.get(roundTrips.size() - 1));
      new TimeShares(timeline).write(page);
      new WaterfallTable(page, timeline, redaction, id).write();
      for (RoundTrip roundTrip : roundTrips) {
        new RoundTripDetails(page, timeline, roundTrip, redaction).write();
      }
      events();
    }
    page.closeLine("section");
  }

  // ---- The most important ----

  private void chips(RoundTrip first, RoundTrip last) {
    page.open("ul", "class", "chips");
    if (last.status().isPresent()) {
      int status = last.status().getAsInt();
      chip(status < 300 ? "good" : status < 400 ? "warn" : "bad", status + " " + last.protocol());
    }
    RoundTripOutcome outcome = last.outcome();
    if (outcome != null && outcome != RoundTripOutcome.COMPLETED) {
      chip("bad", failure(last, outcome));
    }
    Duration total = timeline.total();
    if (total != null) {
      chip("", Quantities.millis(total) + (timeline.ended() ? "" : " so far"));
    }
    Duration firstByte = timeline.roundTrips().size() == 1 ? first.timeToFirstByte() : null;
    if (firstByte != null) {
      chip("", "first byte after " + Quantities.millis(firstByte));
    }
    ByteCounts bytes = last.bytes();
    if (bytes != null && last.status().isPresent()) {
      chip("", "body " + Quantities.bytes(bytes.contentReceived()));
    }
    ConnectionUse connection = last.connection();
    if (connection != null) {
      chip("", connection.reused() ? "reused connection" : "new connection");
    }
    if (timeline.roundTrips().size() > 1) {
      chip("", timeline.roundTrips().size() + " round trips");
    }
    page.closeLine("ul");
  }

  private void chip(String kind, String text) {
    if (kind.isEmpty()) {
      page.element("li", text);
    } else {
      page.element("li", text, "class", kind);
    }
  }

  private String failure(RoundTrip roundTrip, RoundTripOutcome outcome) {
    Phase failed = roundTrip.failedPhase();
    Phase last = roundTrip.failedAfter();
    String where =
        failed != null
            ? " in " + failed.kind().label()
            : last != null ? " past " + last.kind().label() : "";
    Throwable error = roundTrip.error();
    String why =
        error == null
            ? ""
            : ": "
                + redaction.text(
                    failed == null ? Reasons.of(error) : Reasons.of(error, failed.kind().label()));
    return RoundTripDetails.words(outcome) + where + why;
  }

  // ---- Events ----

  private void events() {
    List<TraceEvent> events = timeline.events();
    page.open("details").open("summary").text("Events ");
    page.element("span", Integer.toString(events.size())).close("summary");
    page.open("div", "class", "sheets").open("div", "class", "wide");
    page.open("table", "class", "list").open("thead").open("tr");
    page.element("th", "Time", "scope", "col", "class", "number");
    page.element("th", "Hook", "scope", "col").element("th", "Arguments", "scope", "col");
    page.close("tr").close("thead").open("tbody");
    for (TraceEvent event : events) {
      page.open("tr").element("td", Quantities.millis(event.offset()), "class", "number");
      page.element("td", event.hook().toString());
      page.element("td", FieldText.readable(event.arguments(redaction)), "class", "mono");
      page.closeLine("tr");
    }
    page.close("tbody").close("table");
    if (timeline.droppedEvents() > 0) {
      page.element("p", timeline.droppedEvents() + " later events are missing.", "class", "none");
    }
    page.close("div").close("div").closeLine("details");
  }
}
