package io.httptrace.cli.request;

import io.httptrace.timeline.InformationalResponse;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;

/**
 * The heads of responses as text, as curl's {@code -i} writes them. A timeline has neither the
 * order of the fields nor the reason of the status: fields are in the order of the alphabet, and
 * the reason is the usual one.
 */
public final class HeadText {
  private static final String END = "\r\n";

  private HeadText() {}

  /**
   * {@return the heads of all responses so far, each with an empty line; a character for an octet}
   *
   * @param timeline what has happened
   * @param redaction whether secrets are masked
   */
  public static String of(Timeline timeline, Redaction redaction) {
    StringBuilder text = new StringBuilder();
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      String protocol = roundTrip.protocol();
      for (InformationalResponse informational : roundTrip.informationalResponses()) {
        append(
            text,
            protocol == null ? "HTTP/1.1" : protocol,
            informational.code(),
            informational.headers(redaction));
      }
      Map<String, List<String>> fields = roundTrip.responseHeaders(redaction);
      if (fields != null && protocol != null) {
        append(text, protocol, roundTrip.status().orElse(0), fields);
      }
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, String protocol, int status, Map<String, List<String>> fields) {
    text.append(protocol).append(' ').append(status).append(' ');
    if (!protocol.equals("HTTP/2")) { // which has no reasons
      text.append(HttpResponseStatus.valueOf(status).reasonPhrase());
    }
    text.append(END);
    fields.forEach(
        (name, values) ->
            values.forEach(value -> text.append(name).append(": ").append(value).append(END)));
    text.append(END);
  }
}
