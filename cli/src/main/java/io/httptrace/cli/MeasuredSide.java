package io.httptrace.cli;

import io.httptrace.cli.measure.MeasureSummary.Side;
import io.httptrace.cli.measure.MeasuredSender;
import io.httptrace.client.TracingHttpClient;

/**
 * One target of a measurement, with a client of its own.
 *
 * @param name what differs from the others; empty if there are no others
 * @param request method and masked URL
 * @param client the client
 * @param sender sends the request
 */
record MeasuredSide(String name, String request, TracingHttpClient client, MeasuredSender sender) {

  /** Ends it, with requests that are under way. {@return what is known} May be called again. */
  Side close() {
    sender.measurement().close();
    client.shutdownNow();
    return new Side(name, request, sender.measurement());
  }
}
