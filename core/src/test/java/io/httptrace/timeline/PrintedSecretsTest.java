package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.GotResponseInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that prints shows a secret, unless it is asked to; and it prints on one line. */
class PrintedSecretsTest {
  private static final String SECRET = "s3cret";

  private static Timeline timeline() {
    String uri = "https://user:s3cret@a.test/p?token=s3cret";
    IOException error = new IOException("lost " + uri);
    Script script = new Script();
    script.roundTrip(1).at(0).first(uri).getConn().conn(7).at(1).dnsStart().at(2).dnsDone(error);
    script.at(3).gotNew(7);
    script.fire(trace -> trace.wroteHeaderField("Authorization", List.of("Bearer s3cret")));
    script.fire(trace -> trace.wroteHeaderField("cookie", List.of("a=s3cret", "b=s3cret")));
    script.fire(trace -> trace.wroteHeaderField(":path", List.of("/p?token=s3cret")));
    Map<String, List<String>> headers =
        Map.of("Set-Cookie", List.of("a=s3cret"), "Location", List.of("/q?token=s3cret"));
    script.fire(trace -> trace.got1xxResponse(103, headers));
    script.fire(trace -> trace.gotResponse(GotResponseInfo.of(302, "HTTP/1.1", headers)));
    script.at(5).wroteRequest(error).putIdle().failed(error);
    return script.timeline();
  }

  private static List<Object> printed(Timeline timeline) {
    RoundTrip roundTrip = timeline.roundTrips().get(0);
    List<Object> printed = new ArrayList<>();
    printed.add(timeline);
    printed.add(roundTrip);
    printed.addAll(roundTrip.phases());
    printed.addAll(roundTrip.requestHeaders());
    printed.addAll(roundTrip.informationalResponses());
    printed.addAll(timeline.connections());
    printed.addAll(timeline.events());
    return printed;
  }

  @Test
  void nothingPrintsASecret() {
    assertThat(printed(timeline())).extracting(Object::toString).noneMatch(s -> s.contains(SECRET));
  }

  @Test
  void whatIsTakenOutMaskedHasNoSecret() {
    Timeline timeline = timeline();
    RoundTrip roundTrip = timeline.roundTrips().get(0);
    Redaction mask = Redaction.MASK_SECRETS;

    assertThat(roundTrip.uri(mask)).isEqualTo("https://***@a.test/p?token=***");
    assertThat(roundTrip.responseHeaders(mask))
        .isEqualTo(Map.of("Set-Cookie", List.of("***"), "Location", List.of("/q?token=***")));
    assertThat(roundTrip.informationalResponses().get(0).headers(mask))
        .isEqualTo(roundTrip.responseHeaders(mask));
    assertThat(roundTrip.requestHeaders())
        .extracting(field -> field.values(mask))
        .containsExactly(List.of("Bearer ***"), List.of("***", "***"), List.of("/p?token=***"));
    assertThat(timeline.events())
        .extracting(event -> event.arguments(mask))
        .noneMatch(text -> text.contains(SECRET));
  }

  @Test
  void whatIsAskedForIsShown() {
    Timeline timeline = timeline();
    RoundTrip roundTrip = timeline.roundTrips().get(0);

    assertThat(roundTrip.uri(Redaction.NONE))
        .isEqualTo("https://user:s3cret@a.test/p?token=s3cret");
    assertThat(roundTrip.requestHeaders().get(0).values(Redaction.NONE))
        .containsExactly("Bearer s3cret");
    assertThat(roundTrip.responseHeaders(Redaction.NONE))
        .containsEntry("Set-Cookie", List.of("a=s3cret"));
    assertThat(timeline.events())
        .extracting(event -> event.arguments(Redaction.NONE))
        .filteredOn(text -> text.contains(SECRET))
        .hasSize(9);
  }

  @Test
  void anEventPrintsItsOffsetItsHookAndItsArguments() {
    assertThat(SuccessTest.cold().timeline().events())
        .extracting(TraceEvent::toString)
        .containsExactly(
            "+0.000ms roundTripStart(#1 FIRST GET https://a.test/)",
            "+0.000ms getConn(a.test:443)",
            "+1.000ms dnsStart(a.test)",
            "+3.000ms dnsDone([192.0.2.1])",
            "+3.000ms connectStart(tcp 192.0.2.1:80)",
            "+8.000ms connectDone(tcp 192.0.2.1:80)",
            "+9.000ms tlsHandshakeStart()",
            "+19.000ms tlsHandshakeDone({TLSv1.3 TLS_AES_128_GCM_SHA256 ALPN: Resumed:false"
                + " ServerName:a.test})",
            "+20.000ms gotConn(#7 HTTP/1.1 192.0.2.9:4000->192.0.2.1:80 reused=false"
                + " wasIdle=false)",
            "+21.000ms wroteHeaderField(Host: a.test)",
            "+21.000ms wroteHeaders()",
            "+22.000ms wroteRequest()",
            "+52.000ms gotFirstResponseByte()",
            "+53.000ms gotResponse(200 HTTP/1.1 {})",
            "+60.000ms putIdleConn()",
            "+61.000ms roundTripDone(COMPLETED sent:80/0 received:120/5)");
  }

  @Test
  void aTimelinePrintsALineForEachRoundTrip() {
    assertThat(SuccessTest.cold().timeline())
        .hasToString(
            "Timeline[2026-01-01T00:00:00Z 61.000ms\n"
                + "  #1 FIRST GET https://a.test/ 200 COMPLETED 61.000ms [DNS DONE 2.000ms, CONNECT"
                + " DONE 5.000ms, TLS DONE 10.000ms, REQUEST DONE 2.000ms, WAIT DONE 30.000ms,"
                + " RESPONSE DONE 9.000ms]]");
  }

  @Test
  void whatAServerSendsCannotBreakTheLine() {
    Script script = new Script();
    script.fire(trace -> trace.got1xxResponse(103, Map.of("X", List.of("a\u001b[2J\r\nb\u0085"))));

    assertThat(script.timeline().events().get(0).arguments(Redaction.NONE))
        .isEqualTo("103 {X=[a\\u001b[2J\\u000d\\u000ab\\u0085]}");
  }
}
