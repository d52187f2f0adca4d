package io.httptrace.cli.writeout;

import io.httptrace.ByteCounts;
import io.httptrace.cli.request.HeadText;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.URI;

/** How large requests and responses are, without bodies, written as HTTP/1.1 writes them. */
final class HeadSizes {
  private HeadSizes() {}

  /**
   * {@return the bytes of the heads of all responses}
   *
   * @param timeline what has happened
   */
  static long responses(Timeline timeline) {
    return HeadText.of(timeline, Redaction.NONE).length();
  }

  /**
   * {@return the bytes of all requests, with their bodies}
   *
   * @param timeline what has happened
   */
  static long requests(Timeline timeline) {
    return timeline.roundTrips().stream().mapToLong(HeadSizes::request).sum();
  }

  private static long request(RoundTrip roundTrip) {
    if (roundTrip.requestHeaders().isEmpty()) {
      return 0;
    }
    String uri = String.valueOf(roundTrip.uri(Redaction.NONE));
    URI target = URI.create(uri);
    String query = target.getRawQuery();
    String path = target.getRawPath() + (query == null ? "" : "?" + query);
    long size = (roundTrip.method() + " " + path + " HTTP/1.1\r\n" + "\r\n").length();
    for (HeaderField field : roundTrip.requestHeaders()) {
      for (String value : field.values(Redaction.NONE)) {
        if (field.name().equals(":authority")) {
          size += ("Host: " + value + "\r\n").length();
        } else if (!field.name().startsWith(":")) {
          size += (field.name() + ": " + value + "\r\n").length();
        }
      }
    }
    ByteCounts bytes = roundTrip.bytes();
    return size + (bytes == null ? 0 : bytes.contentSent());
  }
}
