package io.httptrace.html;

import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.util.List;

/**
 * The page as a whole.
 *
 * @param timelines its calls, in order
 * @param redaction whether secrets are masked
 */
record Page(List<Timeline> timelines, Redaction redaction) {
  private static final String MASKED =
      "Credentials, cookies and the values in the queries of URLs are masked: ***.";

  /** {@return the page} */
  String html() {
    Markup page = new Markup();
    page.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", PageStyle.ONLY.policy());
    page.empty("meta", "name", "viewport", "content", "width=device-width,initial-scale=1");
    page.empty("meta", "name", "referrer", "content", "no-referrer");
    page.empty("meta", "name", "generator", "content", "httptrace");
    page.element("title", title()).style(PageStyle.ONLY).closeLine("head").open("body");
    page.open("header").element("h1", "Where the time of an HTTP request went");
    page.element("p", subtitle()).closeLine("header").open("main");
    int number = 0;
    for (Timeline timeline : timelines) {
      number++;
      new CallSection(page, timeline, redaction, number).write();
    }
    page.closeLine("main");
    page.element("footer", redaction == Redaction.NONE ? "Secrets are shown." : MASKED);
    return page.close("body").closeLine("html").toString();
  }

  private String title() {
    if (timelines.isEmpty() || timelines.get(0).roundTrips().isEmpty()) {
      return "httptrace";
    }
    RoundTrip first = timelines.get(0).roundTrips().get(0);
    return "httptrace: " + CallSection.request(first, redaction);
  }

  private String subtitle() {
    if (timelines.isEmpty()) {
      return "No requests.";
    }
    String begun = CallSection.time(timelines.get(0).startedAt());
    return (timelines.size() == 1 ? "" : timelines.size() + " requests, from ") + begun;
  }
}
