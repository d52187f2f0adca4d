package io.httptrace.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which handshake is whose. */
class ProxyTest {
  private final Script script = new Script();

  private Script connected(String uri) {
    script.roundTrip(1).at(0).first(uri).getConn();
    return script.conn(7).at(1).connectStart(1).at(2).connectDone(1, null);
  }

  @Test
  void aTunnelThroughAPlainProxy() {
    connected("https://a.test/").at(3).proxyStart().at(5).proxyDone(200, null);
    script.at(6).tlsStart().at(9).tlsDone(null).gotNew(7);

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..2 DONE",
            "PROXY_CONNECT 3..5 DONE",
            "TLS 6..9 DONE",
            "REQUEST 9..9 IN_PROGRESS");
    Phase tunnel = script.timeline().roundTrips().get(0).phases(PhaseKind.PROXY_CONNECT).get(0);
    assertThat(tunnel.proxyStatus()).hasValue(200);
    assertThat(tunnel.address()).isEqualTo(Script.server(8));
    assertThat(script.timeline().roundTrips().get(0).connectTimeWithTls())
        .isEqualTo(Duration.ofMillis(8));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/, a.test:80,",
    "https://u:p@A.test/, a.test:443,",
    "https://a.test:8443/, a.test:8443,",
    "https://[2001:db8::1]/, [2001:db8::1]:443,",
    "http://a_b.test/, a_b.test:80,",
    "http://a_b.test:8080/, a_b.test:8080,",
    "http://a.test/, proxy.test:80, proxy.test:80",
    "https://a.test/, a.test:80, a.test:80",
    "http://a_b.test:8080/, proxy.test:3128, proxy.test:3128",
  })
  void theProxyIsWhereAConnectionIsAskedForIfThatIsNotTheTarget(
      String uri, String asked, @Nullable String proxy) {
    script.roundTrip(1).at(0).first(uri);
    assertThat(script.timeline().roundTrips().get(0).proxy()).isNull();

    script.at(1).getConn(asked);
    assertThat(script.timeline().roundTrips().get(0).proxy()).isEqualTo(proxy);
  }

  @Test
  void aTunnelThroughAnHttpsProxy() {
    connected("https://a.test/").at(3).tlsStart().at(4).tlsDone(null);
    script.at(5).proxyStart().at(6).proxyDone(200, null).at(7).tlsStart().at(9).tlsDone(null);

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..2 DONE", "PROXY_TLS 3..4 DONE", "PROXY_CONNECT 5..6 DONE", "TLS 7..9 DONE");
  }

  @Test
  void twoHandshakesWithoutTheProxyHooksAreProxyThenTarget() {
    connected("https://a.test/").at(3).tlsStart().at(4).tlsDone(null);
    script.at(7).tlsStart().at(9).tlsDone(null);

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 DONE", "PROXY_TLS 3..4 DONE", "TLS 7..9 DONE");
  }

  @Test
  void aHandshakeForAPlainTargetIsWithTheProxy() {
    connected("http://a.test/").at(3).tlsStart().at(4).tlsDone(null).gotNew(7);

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 DONE", "PROXY_TLS 3..4 DONE", "REQUEST 4..4 IN_PROGRESS");
    assertThat(script.timeline().roundTrips().get(0).connectTimeWithTls()).isNull();
  }

  @Test
  void aHandshakeThatFailsBeforeTheTunnelIsNotFollowedByAnything() {
    IOException error = new IOException("handshake");
    connected("https://a.test/").at(3).tlsStart().at(4).tlsDone(error).failed(error);

    assertThat(script.phases(1)).containsExactly("CONNECT 1..2 DONE", "TLS 3..4 FAILED handshake");
  }

  @Test
  void aHandshakeThatFailsOnAConnectionToAProxyIsWithTheProxy() {
    IOException error = new IOException("handshake");
    script.roundTrip(1).at(0).first("https://a.test/").getConn("proxy.test:8443");
    script.conn(7).at(1).connectStart(1).at(2).connectDone(1, null);
    script.at(3).tlsStart().at(4).tlsDone(error).failed(error);

    assertThat(script.phases(1))
        .containsExactly("CONNECT 1..2 DONE", "PROXY_TLS 3..4 FAILED handshake");
  }

  @Test
  void aHandshakeThatFailsInATunnelIsWithTheTarget() {
    IOException error = new IOException("handshake");
    script.roundTrip(1).at(0).first("https://a.test/").getConn("proxy.test:3128");
    script.conn(7).at(1).connectStart(1).at(2).connectDone(1, null);
    script.at(3).proxyStart().at(4).proxyDone(200, null);
    script.at(5).tlsStart().at(6).tlsDone(error).failed(error);

    assertThat(script.phases(1))
        .containsExactly(
            "CONNECT 1..2 DONE", "PROXY_CONNECT 3..4 DONE", "TLS 5..6 FAILED handshake");
  }

  @Test
  void aProxyThatRefusesIsTheFailedPhase() {
    IOException error = new IOException("407");
    connected("https://a.test/").at(3).proxyStart().at(5).proxyDone(407, error).failed(error);

    Phase failed = script.failedPhase(1);
    assertThat(Script.text(failed)).isEqualTo("PROXY_CONNECT 3..5 FAILED 407");
    assertThat(failed.proxyStatus()).hasValue(407);
  }

  @Test
  void noAnswerFromTheProxyIsNoStatus() {
    IOException error = new IOException("silent");
    connected("https://a.test/").at(3).proxyStart().at(5).proxyDone(-1, error).failed(error);

    Phase failed = script.failedPhase(1);
    assertThat(failed.proxyStatus()).isEmpty();
  }
}
