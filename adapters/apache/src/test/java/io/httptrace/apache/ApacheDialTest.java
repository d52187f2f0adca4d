package io.httptrace.apache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.adapter.ClientTraces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The hooks of a dial whose request fails meanwhile, on another thread. */
final class ApacheDialTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
  private final IOException cancelled = new IOException("cancelled");

  private final List<String> told = new ArrayList<>();
  private Runnable inHooks = () -> {};

  private void told(String what) {
    told.add(what);
    inHooks.run();
  }

  private ApacheDial dial() {
    ClientTrace trace =
        ClientTrace.builder()
            .dnsStart(info -> told("dnsStart"))
            .dnsDone(info -> told("dnsDone " + info.error()))
            .connectStart((network, address) -> told("connectStart"))
            .connectDone((network, address, error) -> told("connectDone " + error))
            .proxyConnectStart(proxy -> told("proxyConnectStart"))
            .proxyConnectDone((status, error) -> told("proxyConnectDone " + error))
            .tlsHandshakeStart(() -> told("tlsHandshakeStart"))
            .tlsHandshakeDone((state, error) -> told("tlsHandshakeDone " + error))
            .build();
    return new ApacheDial(
        requireNonNull(ClientTraces.<String>create(ApacheTracing.class).hooks("call", trace, null)),
        1,
        7);
  }

  @Test
  void nothingBeginsAfterTheRequestHasFailed() {
    ApacheDial dial = dial();
    dial.dnsStart("a.test");
    dial.stop(cancelled);

    dial.dnsDone(List.of(), null, null);
    dial.connectStart(PEER);
    dial.connectDone(null);
    dial.tunnelStart(PEER);
    dial.tunnelAnswered(200);
    dial.handshakeStart();
    dial.handshakeDone(null, null);

    assertThat(told).containsExactly("dnsStart", "dnsDone " + cancelled);
  }

  @Test
  void aStepEndsIfTheRequestFailsWhileTheHookOfItsStartRuns() {
    List<Consumer<ApacheDial>> starts =
        List.of(
            dial -> dial.dnsStart("a.test"),
            dial -> dial.connectStart(PEER),
            dial -> dial.tunnelStart(PEER),
            ApacheDial::handshakeStart);
    for (Consumer<ApacheDial> start : starts) {
      ApacheDial dial = dial();
      inHooks = () -> dial.stop(cancelled);
      start.accept(dial);
    }

    assertThat(told)
        .containsExactly(
            "dnsStart",
            "dnsDone " + cancelled,
            "connectStart",
            "connectDone " + cancelled,
            "proxyConnectStart",
            "proxyConnectDone " + cancelled,
            "tlsHandshakeStart",
            "tlsHandshakeDone " + cancelled);
  }

  @Test
  void aRefusalIsToldWhenNoOtherAttemptFollows() {
    ApacheDial dial = dial();
    dial.tunnelStart(PEER);
    dial.tunnelAnswered(407);
    assertThat(told).containsExactly("proxyConnectStart");

    dial.tunnelStart(PEER);
    dial.tunnelAnswered(200);
    dial.tunnelOver();

    assertThat(told).containsExactly("proxyConnectStart", "proxyConnectDone null");
  }
}
