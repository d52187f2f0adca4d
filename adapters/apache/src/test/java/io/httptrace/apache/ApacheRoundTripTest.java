package io.httptrace.apache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.conformance.hooks.HookNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a round trip tells when things come late, on other threads. */
final class ApacheRoundTripTest {
  private final HookNames events = new HookNames();
  private final CallHooks hooks =
      requireNonNull(
          ClientTraces.<String>create(ApacheTracing.class).hooks("call", events.trace(), null));
  private final ApacheRoundTrip roundTrip = new ApacheRoundTrip(hooks, 1);

  @BeforeEach
  void start() {
    roundTrip.start(
        RoundTripStartInfo.of(
            1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"), HookSupport.allExact()),
        "a.test:80");
  }

  private void gotConn() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    ConnectionInfo connection = ConnectionInfo.of(7, address, address, "HTTP/1.1", null, 0);
    roundTrip.gotConn(System.nanoTime(), GotConnInfo.of(connection, false, false, Duration.ZERO));
  }

  @Test
  void nothingIsToldAfterItsEnd() throws IOException {
    roundTrip.done(RoundTripOutcome.CANCELLED, new IOException("cancelled"));

    roundTrip.waits();
    gotConn();
    roundTrip.wroteFields(new Header[] {new BasicHeader("Host", "a.test")});
    roundTrip.wroteHeaders();
    roundTrip.wroteRequest(null);
    roundTrip.firstByte();
    roundTrip.got100();
    roundTrip.informational(new BasicHttpResponse(103));
    roundTrip.gotResponse(new BasicHttpResponse(200), "HTTP/1.1");
    roundTrip.putIdle(null);
    roundTrip.done(RoundTripOutcome.COMPLETED, null);

    assertThat(events.names()).containsExactly("roundTripStart", "getConn", "roundTripDone");
  }

  @Test
  void aWaitThatIsOverIsNotTold() {
    gotConn();
    roundTrip.waits();

    assertThat(events.names()).containsExactly("roundTripStart", "getConn", "gotConn");
  }

  /** The time for the response was up, and then it was there. */
  @Test
  void aHeadThatComesAtTheLastMomentHasAFirstByte() throws HttpException {
    gotConn();
    new ClassicExchange(roundTrip).gotHead(new BasicClassicHttpResponse(200));

    assertThat(events.names())
        .containsExactly(
            "roundTripStart", "getConn", "gotConn", "gotFirstResponseByte", "gotResponse");
  }
}
