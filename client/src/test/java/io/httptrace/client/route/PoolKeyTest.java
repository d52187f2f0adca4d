package io.httptrace.client.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.route.ProxyServer.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which requests may share a connection. */
class PoolKeyTest {
  private static final ProxyCredentials USER = ProxyCredentials.of("user", "pass");
  private static final ProxyCredentials OTHER = ProxyCredentials.of("other", "pass");

  private static ProxyServer proxy(Kind kind, ProxyCredentials credentials) {
    return new ProxyServer(kind, "proxy.test", 3128, credentials);
  }

  @Test
  void directKeyIsTheTarget() {
    PoolKey key = key("https", "::1", 8443, null);

    assertThat(key).isEqualTo(new PoolKey("https", "::1", 8443, null, HttpVersions.BY_ALPN));
    assertThat(key.secure()).isTrue();
    assertThat(key.forwarded()).isFalse();
    assertThat(key.dialledHostPort()).isEqualTo("[::1]:8443").isEqualTo(key.hostPort());
  }

  @Test
  void forwardedRequestsShareWhateverTheTargetAndTheUser() {
    for (Kind kind : new Kind[] {Kind.HTTP, Kind.HTTPS}) {
      PoolKey key = key("http", "a.test", 80, proxy(kind, USER));

      assertThat(key).isEqualTo(key("http", "b.test", 8080, proxy(kind, OTHER)));
      assertThat(key.forwarded()).isTrue();
      assertThat(key.secure()).isFalse();
      assertThat(key.dialledHostPort()).isEqualTo("proxy.test:3128");
    }
    assertThat(key("http", "a.test", 80, proxy(Kind.HTTP, USER)))
        .isNotEqualTo(key("http", "a.test", 80, proxy(Kind.HTTPS, USER)));
  }

  @Test
  void tunnelsAreForOneTargetAndOneUser() {
    for (Kind kind : Kind.values()) {
      PoolKey key = key("https", "a.test", 443, proxy(kind, USER));

      assertThat(key).isEqualTo(key("https", "a.test", 443, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(key("https", "b.test", 443, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(key("https", "a.test", 444, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(key("https", "a.test", 443, proxy(kind, OTHER)));
      assertThat(key).isNotEqualTo(key("https", "a.test", 443, null));
      assertThat(key.forwarded()).isFalse();
      assertThat(key.hostPort()).isEqualTo("a.test:443");
      assertThat(key.dialledHostPort()).isEqualTo("proxy.test:3128");
    }
  }

  @Test
  void plainHttpBySocksIsForOneTarget() {
    PoolKey key = key("http", "a.test", 80, proxy(Kind.SOCKS5, USER));

    assertThat(key).isNotEqualTo(key("http", "b.test", 80, proxy(Kind.SOCKS5, USER)));
    assertThat(key).isNotEqualTo(key("http", "a.test", 80, proxy(Kind.SOCKS5, OTHER)));
    assertThat(key.forwarded()).isFalse();
  }

  @Test
  void webSocketsAreTunnelledAndShareNothing() {
    PoolKey key = key("ws", "a.test", 80, proxy(Kind.HTTP, USER));

    assertThat(key.forwarded()).isFalse();
    assertThat(key.secure()).isFalse();
    assertThat(key).isNotEqualTo(key("http", "a.test", 80, proxy(Kind.HTTP, USER)));
    assertThat(key("wss", "a.test", 443, null).secure()).isTrue();
    assertThat(key("wss", "a.test", 443, null)).isNotEqualTo(key("https", "a.test", 443, null));
  }

  /** An answer to a Digest challenge is another one each time. */
  @Test
  void tunnelOfAUserIsHisHoweverHeIsShown() {
    ProxyCredentials once = new ProxyCredentials("user", "pass", "Digest nc=1");
    ProxyCredentials again = new ProxyCredentials("user", "pass", "Digest nc=2");

    assertThat(once).isEqualTo(again).hasSameHashCodeAs(again).isEqualTo(USER);
    assertThat(once).isNotEqualTo(OTHER);
    assertThat(ProxyCredentials.written("Bearer 1"))
        .isNotEqualTo(ProxyCredentials.written("Bearer 2"));
    assertThat(ProxyCredentials.written("Bearer 1"))
        .isEqualTo(ProxyCredentials.written("Bearer 1"))
        .hasSameHashCodeAs(ProxyCredentials.written("Bearer 1"));
  }

  @Test
  void textDoesNotTellTheUser() {
    PoolKey key = key("https", "a.test", 443, proxy(Kind.HTTPS, USER));

    assertThat(key.toString())
        .contains("https://***@proxy.test:3128")
        .doesNotContain("user", "pass", USER.field());
  }

  @Test
  void whatMayBeSpokenTellsConnectionsApart() {
    assertThat(key("https", "a.test", 443, null))
        .isNotEqualTo(PoolKey.of("https", "a.test", 443, null, HttpVersions.HTTP_1_1));
  }

  @Test
  void aProxyThatForwardsIsSpokenToInHttp1() {
    PoolKey key =
        PoolKey.of(
            "http", "a.test", 80, proxy(Kind.HTTP, USER), HttpVersions.HTTP_2_PRIOR_KNOWLEDGE);

    assertThat(key.versions()).isEqualTo(HttpVersions.HTTP_1_1);
  }

  private static PoolKey key(String scheme, String host, int port, @Nullable ProxyServer proxy) {
    return PoolKey.of(scheme, host, port, proxy, HttpVersions.BY_ALPN);
  }
}
