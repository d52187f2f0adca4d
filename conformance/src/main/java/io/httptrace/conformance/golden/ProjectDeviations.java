package io.httptrace.conformance.golden;

import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Absent;
import io.httptrace.conformance.Deviation.Replaced;
import java.util.List;

/** Where this project differs from the recordings on purpose, for every client. */
public final class ProjectDeviations {
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
                  new Absent("r1.bodyClosed"))));

  private ProjectDeviations() {}

  /** {@return all of them} */
  public static List<Deviation> all() {
    return ALL;
  }
}
