package io.httptrace.jdk;

import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.Deviation.Additional;
import io.httptrace.conformance.Deviation.Replaced;
import io.httptrace.conformance.Deviation.SameErrors;
import io.httptrace.conformance.Deviation.Times;
import io.httptrace.conformance.Deviation.Unordered;
import java.util.List;
import java.util.Set;

/** Where the JDK's client differs from the recordings, and why. */
final class JdkDeviations {
  private static final String TWICE =
      "the JDK's client makes a second round trip when it cannot connect";

  static final List<Deviation> ALL =
      List.of(
          new Deviation(
              "*",
              "the JDK's client writes 100-Continue, which means the same",
              List.of(
                  new Replaced(
                      "*.wroteHeaderField(expect=[\"100-continue\"])",
                      "*.wroteHeaderField(expect=[\"100-Continue\"])"))),
          Deviation.sometimes(
              "h2-204",
              "the next request races with the end of the stream: a response that cannot have a"
                  + " body is returned before",
              List.of(
                  new Times("r2.gotConn(reused=true wasIdle=true idleTime>0=true)", 0, 1),
                  new Additional("r2.gotConn(reused=true wasIdle=false idleTime>0=false)", 0, 1))),
          new Deviation(
              "connect-refused",
              TWICE,
              List.of(
                  new Times("*.getConn(*)", 2),
                  new Times("*.connectStart(*)", 2),
                  new Times("*.connectDone(*)", 2))),
          new Deviation(
              "proxy-refused",
              TWICE,
              List.of(
                  new Times("*.getConn(*)", 2),
                  new Times("*.connectStart(*)", 2),
                  new Times("*.connectDone(*)", 2))),
          new Deviation(
              "dns-nxdomain",
              TWICE,
              List.of(
                  new Times("*.getConn(*)", 2),
                  new Times("*.dnsStart(*)", 2),
                  new Times("*.dnsDone(*)", 2))),
          new Deviation(
              "dns-servfail",
              TWICE + "; an address that is not found has no reason",
              List.of(
                  new Times("*.getConn(*)", 2),
                  new Times("*.dnsStart(*)", 2),
                  new Times("*.dnsDone(*)", 2),
                  new SameErrors(Set.of("dns-server-failure", "dns-not-found")))),
          withoutBody("h1-204"),
          withoutBody("h1-304"),
          withoutBody("h1-head"),
          new Deviation(
              "h1-http10",
              "java.net.http has no name for HTTP/1.0",
              List.of(
                  new Replaced(
                      "*.roundTripReturned(200 HTTP/1.0)", "*.roundTripReturned(200 HTTP/1.1)"))),
          Deviation.sometimes(
              "stale-idle-noticed",
              "the end of the body races with that of the connection, and the JDK's pool takes none"
                  + " that is closed",
              List.of(new Times("r1.putIdleConn(err=none)", 0, 1))),
          new Deviation(
              "proxy-connect-407",
              "the JDK's client returns the refusal as a response",
              List.of(
                  new Replaced(
                      "r1.roundTripReturned(err=proxy-connect-407)",
                      "r1.roundTripReturned(407 HTTP/1.1)"),
                  new Additional("r1.bodyDone(bytes=0 err=none)", 1, 1),
                  new Additional("r1.bodyClosed", 1, 1))));

  private JdkDeviations() {}

  private static Deviation withoutBody(String recording) {
    return Deviation.sometimes(
        recording,
        "a handler that streams returns the response while another thread sees the end of its body,"
            + " even of none",
        List.of(
            new Unordered("r1.putIdleConn(err=none)", "r1.roundTripReturned(*)"),
            new Unordered("r2.putIdleConn(err=none)", "r2.roundTripReturned(*)")));
  }
}
