package io.httptrace.conformance.golden;

import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.Deviation.Times;
import java.util.List;

/** Where this project differs from the recordings on purpose, for every client. */
public final class ProjectDeviations {
  private static final String ONE_PER_ROUND_TRIP =
      "getConn comes once for each round trip; the reference repeats it when a connection that speaks"
          + " HTTP/2 cannot take the request.";
  private static final List<Deviation> ALL =
      List.of(
          new Deviation(
              "composed-1xx-error-last",
              "With several traces an exception from any got1xxResponse aborts the request; the"
                  + " reference loses that of the trace registered last.",
              List.of(
                  new Replaced(
                      "r1.roundTripReturned(200 HTTP/1.1)", "r1.roundTripReturned(err=hook-error)"),
                  new Absent("r1/t1.putIdleConn(err=none)"),
                  new Absent("r1/t2.putIdleConn(err=none)"),
                  new Absent("r1.bodyDone(bytes=5 err=none)"),
                  new Absent("r1.bodyClosed"))),
          new Deviation("h2-goaway-then-retry", ONE_PER_ROUND_TRIP, List.of(getConn("r2", 2))),
          new Deviation("h2-server-max-streams", ONE_PER_ROUND_TRIP, List.of(getConn("r3", 1))),
          new Deviation(
              "h2-late-binding", ONE_PER_ROUND_TRIP, List.of(getConn("r1", 1), getConn("r2", 1))));

  private ProjectDeviations() {}

  private static Times getConn(String request, int count) {
    return new Times(request + ".getConn(127.0.0.1:{port:origin})", count);
  }

  /** {@return all of them} */
  public static List<Deviation> all() {
    return ALL;
  }
}
