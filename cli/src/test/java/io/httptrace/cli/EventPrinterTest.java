package io.httptrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ByteCounts;
import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.IdleConnectionException;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.WroteRequestInfo;
import io.httptrace.timeline.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class EventPrinterTest {

  @Test
  void printsEachHookWithItsOffsetAndArguments() {
    assertThat(print(Redaction.MASK_SECRETS, Stories::cold))
        .isEqualTo(
            """
                   0.000 ms  roundTripStart       #1 first GET https://***@example.test/a?key=***
                   0.100 ms  getConn              example.test:443
                   0.200 ms  dnsStart             example.test
                  20.000 ms  dnsDone              2001:db8::2 192.0.2.7
                  20.100 ms  connectStart         tcp [2001:db8::2]:443
                  30.000 ms  connectDone          tcp [2001:db8::2]:443 error: refused
                  30.000 ms  connectStart         tcp 192.0.2.7:443
                  50.000 ms  connectDone          tcp 192.0.2.7:443
                  50.100 ms  tlsHandshakeStart
                  90.000 ms  tlsHandshakeDone     TLSv1.3 TLS_AES_128_GCM_SHA256 alpn=http/1.1 name=example.test
                  90.000 ms  gotConn              #1 HTTP/1.1 192.0.2.1:50000 -> 192.0.2.7:443 new
                  90.100 ms  wroteHeaderField     Host: example.test
                  90.100 ms  wroteHeaderField     Cookie: ***
                  90.200 ms  wroteHeaders
                  90.300 ms  wroteRequest
                 150.300 ms  gotFirstResponseByte
                 150.400 ms  gotResponse          200 HTTP/1.1; Content-Type: text/plain; Set-Cookie: ***, ***
                 200.000 ms  putIdleConn
                 200.300 ms  roundTripDone        completed, sent 123, received 16500, body 16340 bytes
            """);
  }

  @Test
  void printsWhereAPooledConnectionComesFrom() {
    assertThat(print(Redaction.MASK_SECRETS, Stories::pooled).lines())
        .contains(
            "       0.200 ms  gotConn              #1 HTTP/1.1 192.0.2.1:50000 -> 192.0.2.7:443 reused idle 1.500 ms");
  }

  @Test
  void printsTheHooksOfLessCommonRequests() {
    InetSocketAddress proxy = new InetSocketAddress(Stories.V4, 3128);
    Consumer<Recording> story =
        recording ->
            recording
                .at(1_000, trace -> trace.connWaitStart(ConnWaitReason.HOST_LIMIT))
                .at(
                    2_000,
                    trace ->
                        trace.dnsDone(
                            DnsDoneInfo.of(List.of(), new IOException("no such host"), true)))
                .at(3_000, trace -> trace.proxyConnectStart(proxy))
                .at(4_000, trace -> trace.proxyConnectDone(407, new IOException("no tunnel")))
                .at(5_000, trace -> trace.proxyConnectDone(-1, new IOException("no answer")))
                .at(6_000, trace -> trace.tlsHandshakeDone(null, new SSLHandshakeException("no")))
                .at(7_000, ClientTrace::wait100Continue)
                .at(8_000, ClientTrace::got100Continue)
                .at(9_000, trace -> trace.got1xxResponse(103, Map.of("Link", List.of("</a>"))))
                .at(10_000, trace -> trace.wroteRequest(WroteRequestInfo.of(new IOException("x"))))
                .at(
                    11_000,
                    trace ->
                        trace.putIdleConn(
                            new IdleConnectionException(
                                IdleConnectionException.Reason.CLIENT_CLOSED)))
                .at(
                    12_000,
                    trace ->
                        trace.roundTripDone(
                            RoundTripDoneInfo.of(
                                RoundTripOutcome.TIMED_OUT,
                                ByteCounts.of(1, 2, 3, 4),
                                new IOException("late\nfor http://a.test/?key=secret"))));

    assertThat(print(Redaction.MASK_SECRETS, story))
        .isEqualTo(
            """
                   0.000 ms  connWaitStart        host-limit
                   1.000 ms  dnsDone              coalesced error: no such host
                   2.000 ms  proxyConnectStart    192.0.2.7:3128
                   3.000 ms  proxyConnectDone     407 error: no tunnel
                   4.000 ms  proxyConnectDone     no answer error: no answer
                   5.000 ms  tlsHandshakeDone     error: no
                   6.000 ms  wait100Continue
                   7.000 ms  got100Continue
                   8.000 ms  got1xxResponse       103; Link: </a>
                   9.000 ms  wroteRequest         error: x
                  10.000 ms  putIdleConn          error: client is closed
                  11.000 ms  roundTripDone        timed out, sent 1, received 2, body 4 bytes, error: late; for http://a.test/?key=***
            """);
  }

  @Test
  void doesNotLetAServerMoveTheCursor() {
    Consumer<Recording> story =
        recording ->
            recording.at(
                0, trace -> trace.got1xxResponse(103, Map.of("X", List.of("a\u001b[2Jb\u009b1A"))));

    assertThat(print(Redaction.NONE, story))
        .isEqualTo("       0.000 ms  got1xxResponse       103; X: a\\x1b[2Jb\\x9b1A\n");
  }

  @Test
  void showsSecretsWhenAskedTo() {
    assertThat(print(Redaction.NONE, Stories::cold).lines())
        .contains("      90.100 ms  wroteHeaderField     Cookie: c=secret");
  }

  @Test
  void knowsEveryHook() {
    List<String> hooks =
        Arrays.stream(ClientTrace.class.getMethods())
            .filter(Method::isDefault)
            .map(EventPrinterTest::signature)
            .toList();

    assertThat(EventPrinter.class.getDeclaredMethods())
        .extracting(EventPrinterTest::signature)
        .containsAll(hooks);
    assertThat(hooks).hasSizeGreaterThanOrEqualTo(22);
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }

  private static String print(Redaction redaction, Consumer<Recording> story) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    story.accept(new Recording(new EventPrinter(stream, redaction)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
