package io.httptrace.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.golden.GoldenRecording;
import io.httptrace.conformance.log.RequestLog;
import io.httptrace.conformance.log.TraceLog;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Hooks that Go does not have: what is said if one is left out, called twice or out of order. */
final class BeyondGoTest {
  private static final String RETURNED = "returned";
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  private static final Map<String, Consumer<ClientTrace>> CALLS = new LinkedHashMap<>();

  static {
    CALLS.put("roundTripStart", trace -> trace.roundTripStart(start(1, RoundTripReason.FIRST)));
    CALLS.put("getConn", trace -> trace.getConn("a.test:80"));
    CALLS.put("connWaitStart", trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT));
    CALLS.put("connectStart", trace -> trace.connectStart("tcp", ADDRESS));
    CALLS.put("connectDone", trace -> trace.connectDone("tcp", ADDRESS, null));
    CALLS.put("proxyTlsStart", ClientTrace::tlsHandshakeStart);
    CALLS.put("proxyTlsDone", trace -> trace.tlsHandshakeDone(tls(), null));
    CALLS.put("proxyConnectStart", trace -> trace.proxyConnectStart(ADDRESS));
    CALLS.put("proxyConnectDone", trace -> trace.proxyConnectDone(200, null));
    CALLS.put("tlsHandshakeStart", ClientTrace::tlsHandshakeStart);
    CALLS.put("tlsHandshakeDone", trace -> trace.tlsHandshakeDone(tls(), null));
    CALLS.put("gotConn", trace -> trace.gotConn(gotConn()));
    CALLS.put("wroteHeaders", ClientTrace::wroteHeaders);
    CALLS.put("gotFirstResponseByte", ClientTrace::gotFirstResponseByte);
    CALLS.put("gotResponse", trace -> trace.gotResponse(response("HTTP/1.1")));
    CALLS.put(RETURNED, trace -> {});
    CALLS.put("roundTripDone", trace -> trace.roundTripDone(done()));

    CALLS.put("roundTripStart2", trace -> trace.roundTripStart(start(2, RoundTripReason.RETRY)));
    CALLS.put("wrongNumber", trace -> trace.roundTripStart(start(2, RoundTripReason.FIRST)));
    CALLS.put("wrongReason", trace -> trace.roundTripStart(start(1, RoundTripReason.RETRY)));
    CALLS.put("secondFirst", trace -> trace.roundTripStart(start(2, RoundTripReason.FIRST)));
    CALLS.put("wrongProtocol", trace -> trace.gotResponse(response("HTTP/2")));
    CALLS.put("proxyRefused", trace -> trace.proxyConnectDone(-1, new ConnectException("no")));
  }

  private static RoundTripStartInfo start(int number, RoundTripReason reason) {
    return RoundTripStartInfo.of(number, reason, "GET", URI.create("http://a.test/"));
  }

  private static GotConnInfo gotConn() {
    return GotConnInfo.of(
        ConnectionInfo.of(1, ADDRESS, ADDRESS, "HTTP/1.1", null, 0), false, false, Duration.ZERO);
  }

  private static GotResponseInfo response(String protocol) {
    return GotResponseInfo.of(200, protocol, Map.of());
  }

  private static RoundTripDoneInfo done() {
    return RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
  }

  private static TlsConnectionState tls() {
    return TlsConnectionState.of("TLSv1.3", "TLS_AES_128_GCM_SHA256", "", false, "", List.of());
  }

  /** What happens in a recording, in order. */
  private static List<String> script(String recording) {
    List<String> script = new ArrayList<>(CALLS.keySet());
    script.subList(script.indexOf("roundTripDone") + 1, script.size()).clear();
    if (!recording.startsWith("max-conns-per-host")) {
      script.remove("connWaitStart");
    }
    if (!recording.equals("proxy-https-https")) {
      script.removeAll(List.of("proxyTlsStart", "proxyTlsDone"));
    }
    if (!recording.startsWith("proxy-")) {
      script.removeIf(name -> name.startsWith("proxy") || name.startsWith("tls"));
    }
    return script;
  }

  /** {@return what is said of one request, the last one of a recording} */
  private static List<String> faults(String recording, List<String> script) {
    GoldenRecording golden = GoldenRecording.load(recording);
    TraceLog log = new TraceLog(ErrorClassifier.standard());
    String id = recording.startsWith("max-conns-per-host") ? "r2" : "r1";
    RequestLog request = log.request(id);
    ClientTrace trace = request.trace();
    for (String name : script) {
      if (name.equals(RETURNED)) {
        request.roundTripReturned(200, "HTTP/1.1");
      } else {
        CALLS.get(name).accept(trace);
      }
    }
    return BeyondGo.faults(golden, HookSupport.allExact(), log);
  }

  private static List<String> with(List<String> script, String one, String... others) {
    List<String> changed = new ArrayList<>(script);
    int at = changed.indexOf(one);
    changed.remove(at);
    changed.addAll(at, List.of(others));
    return changed;
  }

  private static List<String> swapped(List<String> script, String one, String other) {
    List<String> changed = new ArrayList<>(script);
    Collections.swap(changed, changed.indexOf(one), changed.indexOf(other));
    return changed;
  }

  /** {@return a test for each row of a table, with its cells} */
  private static Stream<DynamicTest> each(Consumer<String[]> test, String... rows) {
    return Stream.of(rows)
        .map(row -> DynamicTest.dynamicTest(row, () -> test.accept(row.split(" [|] ", -1))));
  }

  @TestFactory
  Stream<DynamicTest> whatIsRightPasses() {
    return each(
        row -> assertThat(faults(row[0], script(row[0]))).isEmpty(),
        "h1-get",
        "proxy-connect",
        "proxy-https-https",
        "proxy-socks5",
        "max-conns-per-host-close",
        "max-conns-per-host-queue");
  }

  @TestFactory
  Stream<DynamicTest> oneThatIsLeftOutIsFound() {
    return each(
        row -> {
          assertThat(faults(row[0], with(script(row[0]), row[1]))).contains(row[2]);
        },
        "h1-get | roundTripStart | r1.roundTripStart: expected 1 as of getConn, but was []",
        "h1-get | roundTripDone | r1.roundTripDone: expected 1, but was []",
        "h1-get | gotResponse | r1.gotResponse(200 HTTP/1.1): expected before"
            + " r1.roundTripReturned(200 HTTP/1.1), but was []",
        "max-conns-per-host-queue | connWaitStart | r2.connWaitStart: expected 1, but was []",
        "proxy-connect | proxyConnectStart | proxyConnectStart: expected 1, but was []",
        "proxy-connect | proxyConnectDone | r1.proxyConnectDone: expected 1, but was []");
  }

  @TestFactory
  Stream<DynamicTest> oneThatIsCalledTwiceIsFound() {
    return each(
        row -> {
          assertThat(faults(row[0], with(script(row[0]), row[1], row[1], row[1])))
              .anyMatch(
                  fault -> fault.contains(row[1] + ": expected ") && fault.contains(", but was ["));
        },
        "h1-get | roundTripStart",
        "h1-get | roundTripDone",
        "h1-get | gotResponse",
        "max-conns-per-host-queue | connWaitStart",
        "proxy-connect | proxyConnectStart",
        "proxy-connect | proxyConnectDone");
  }

  @TestFactory
  Stream<DynamicTest> twoInTheWrongOrderAreFound() {
    return each(
        row -> {
          assertThat(faults(row[0], swapped(script(row[0]), row[1], row[2])))
              .anyMatch(
                  fault ->
                      fault.matches(
                          "expected r\\d[.]"
                              + row[1]
                              + "\\b.* < r\\d[.]"
                              + row[2]
                              + "\\b.*, but it was the other way round"));
        },
        "h1-get | roundTripStart | getConn",
        "h1-get | gotFirstResponseByte | gotResponse",
        "h1-get | gotResponse | roundTripDone",
        "h1-get | gotConn | roundTripDone",
        "h1-get | wroteHeaders | roundTripDone",
        "max-conns-per-host-queue | getConn | connWaitStart",
        "max-conns-per-host-queue | connWaitStart | gotConn",
        "proxy-connect | connectDone | proxyConnectStart",
        "proxy-connect | proxyConnectStart | proxyConnectDone",
        "proxy-connect | proxyConnectDone | tlsHandshakeStart",
        "proxy-connect | proxyConnectDone | gotConn",
        "proxy-socks5 | proxyConnectDone | gotConn");
  }

  @Test
  void theTunnelOfAnHttpsProxyComesAfterTheHandshakeWithIt() {
    List<String> script = script("proxy-https-https");
    script.remove("proxyConnectStart");
    script.add(script.indexOf("proxyTlsStart"), "proxyConnectStart");

    assertThat(faults("proxy-https-https", script))
        .contains(
            "expected r1.tlsHandshakeDone(err=none alpn=- version=TLSv1.3 serverName="
                + " didResume=false) < r1.proxyConnectStart(127.0.0.1:80), but it was the other way"
                + " round");
  }

  @Test
  void aResponseThatIsReturnedBeforeItIsToldIsFound() {
    assertThat(faults("h1-get", swapped(script("h1-get"), "gotResponse", RETURNED)))
        .containsExactly(
            "r1.gotResponse(200 HTTP/1.1): expected before r1.roundTripReturned(200 HTTP/1.1),"
                + " but was [r1.gotResponse(200 HTTP/1.1)]");
  }

  @TestFactory
  Stream<DynamicTest> aWrongArgumentIsFound() {
    return each(
        row -> {
          String recording = row[0].startsWith("proxy") ? "proxy-connect" : "h1-get";

          assertThat(faults(recording, with(script(recording), row[0], row[1])))
              .containsExactly(row[2]);
        },
        "roundTripStart | wrongNumber | r1.roundTripStart(2 FIRST): expected number 1",
        "roundTripStart | wrongReason | r1.roundTripStart(1 RETRY): expected FIRST",
        "gotResponse | wrongProtocol | r1.gotResponse(200 HTTP/1.1): expected before"
            + " r1.roundTripReturned(200 HTTP/1.1), but was [r1.gotResponse(200 HTTP/2)]",
        "proxyConnectDone | proxyRefused | r1.proxyConnectDone(-1 err=refused): expected err=none,"
            + " as of gotConn");
  }

  // ---- Several round trips

  /** A first round trip without a response, and a second one. */
  private static List<String> retried() {
    List<String> script = new ArrayList<>(List.of("roundTripStart", "getConn", "roundTripDone"));
    script.addAll(with(script("h1-get"), "roundTripStart", "roundTripStart2"));
    return script;
  }

  @Test
  void aRoundTripThatFollowsIsRight() {
    assertThat(faults("h1-get", retried())).isEmpty();
  }

  @Test
  void onlyOneRoundTripIsTheFirst() {
    assertThat(faults("h1-get", with(retried(), "roundTripStart2", "secondFirst")))
        .containsExactly("r1.roundTripStart(2 FIRST): expected another reason");
  }

  @Test
  void aRoundTripThatBeginsBeforeTheOtherHasEndedIsFound() {
    assertThat(faults("h1-get", swapped(retried(), "roundTripDone", "roundTripStart2")))
        .containsExactly(
            "expected r1.roundTripDone(COMPLETED) < r1.roundTripStart(2 RETRY), but it was the other"
                + " way round");
  }

  @Test
  void aResponseThatIsFollowedMustBeToldToo() {
    List<String> script = retried();
    script.add(2, "gotFirstResponseByte");

    assertThat(faults("h1-get", script))
        .contains("r1.gotResponse: expected 2, but was [r1.gotResponse(200 HTTP/1.1)]");
  }
}
