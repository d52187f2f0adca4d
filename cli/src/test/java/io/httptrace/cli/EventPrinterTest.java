package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.text.Printer;
import io.httptrace.conformance.timelines.HookScript;
import io.httptrace.conformance.timelines.SampleTimelines;
import io.httptrace.timeline.Redaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class EventPrinterTest {

  @Test
  void printsEachHookWithItsOffsetAndArguments() {
    assertThat(print(Redaction.MASK_SECRETS, SampleTimelines::cold))
        .isEqualTo(
            """
                   0.000 ms  roundTripStart       #1 FIRST GET https://***@example.test/a?key=***
                   0.100 ms  getConn              example.test:443
                   0.200 ms  dnsStart             example.test
                  20.000 ms  dnsDone              [2001:db8:0:0:0:0:0:2, 192.0.2.7]
                  20.100 ms  connectStart         tcp [2001:db8:0:0:0:0:0:2]:443
                  30.000 ms  connectDone          tcp [2001:db8:0:0:0:0:0:2]:443 err=java.net.ConnectException: refused
                  30.000 ms  connectStart         tcp 192.0.2.7:443
                  50.000 ms  connectDone          tcp 192.0.2.7:443
                  50.100 ms  tlsHandshakeStart
                  90.000 ms  tlsHandshakeDone     {TLSv1.3 TLS_AES_128_GCM_SHA256 ALPN:http/1.1 Resumed:false ServerName:example.test}
                  90.000 ms  gotConn              #1 HTTP/1.1 192.0.2.1:50000->192.0.2.7:443 reused=false wasIdle=false
                  90.100 ms  wroteHeaderField     Host: example.test
                  90.100 ms  wroteHeaderField     Cookie: ***
                  90.200 ms  wroteHeaders
                  90.300 ms  wroteRequest
                 150.300 ms  gotFirstResponseByte
                 150.400 ms  gotResponse          200 HTTP/1.1 {Content-Type=[text/plain], Set-Cookie=[***, ***]}
                 200.000 ms  putIdleConn
                 200.300 ms  roundTripDone        COMPLETED sent:123/0 received:16500/16340
            """);
  }

  @Test
  void doesNotLetAServerMoveTheCursor() {
    Consumer<HookScript> story =
        script ->
            script.at(
                0, trace -> trace.got1xxResponse(103, Map.of("X", List.of("a\u001b[2Jb\u009b1A"))));

    assertThat(print(Redaction.NONE, story))
        .isEqualTo("       0.000 ms  got1xxResponse       103 {X=[a\\u001b[2Jb\\u009b1A]}\n");
  }

  @Test
  void showsSecretsWhenAskedTo() {
    assertThat(print(Redaction.NONE, SampleTimelines::cold).lines())
        .contains("      90.100 ms  wroteHeaderField     Cookie: c=secret");
  }

  private static String print(Redaction redaction, Consumer<HookScript> story) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    story.accept(new HookScript(new EventPrinter(new Printer(out), redaction)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
