package io.httptrace.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.pool.ProxyServer.Kind;
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
    PoolKey key = PoolKey.of("https", "::1", 8443, null);

    assertThat(key).isEqualTo(new PoolKey("https", "::1", 8443, null));
    assertThat(key.secure()).isTrue();
    assertThat(key.forwarded()).isFalse();
    assertThat(key.dialledHostPort()).isEqualTo("[::1]:8443").isEqualTo(key.hostPort());
  }

  @Test
  void forwardedRequestsShareWhateverTheTargetAndTheUser() {
    for (Kind kind : new Kind[] {Kind.HTTP, Kind.HTTPS}) {
      PoolKey key = PoolKey.of("http", "a.test", 80, proxy(kind, USER));

      assertThat(key).isEqualTo(PoolKey.of("http", "b.test", 8080, proxy(kind, OTHER)));
      assertThat(key.forwarded()).isTrue();
      assertThat(key.secure()).isFalse();
      assertThat(key.dialledHostPort()).isEqualTo("proxy.test:3128");
    }
    assertThat(PoolKey.of("http", "a.test", 80, proxy(Kind.HTTP, USER)))
        .isNotEqualTo(PoolKey.of("http", "a.test", 80, proxy(Kind.HTTPS, USER)));
  }

  @Test
  void tunnelsAreForOneTargetAndOneUser() {
    for (Kind kind : Kind.values()) {
      PoolKey key = PoolKey.of("https", "a.test", 443, proxy(kind, USER));

      assertThat(key).isEqualTo(PoolKey.of("https", "a.test", 443, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(PoolKey.of("https", "b.test", 443, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(PoolKey.of("https", "a.test", 444, proxy(kind, USER)));
      assertThat(key).isNotEqualTo(PoolKey.of("https", "a.test", 443, proxy(kind, OTHER)));
      assertThat(key).isNotEqualTo(PoolKey.of("https", "a.test", 443, null));
      assertThat(key.forwarded()).isFalse();
      assertThat(key.hostPort()).isEqualTo("a.test:443");
      assertThat(key.dialledHostPort()).isEqualTo("proxy.test:3128");
    }
  }

  @Test
  void plainHttpBySocksIsForOneTarget() {
    PoolKey key = PoolKey.of("http", "a.test", 80, proxy(Kind.SOCKS5, USER));

    assertThat(key).isNotEqualTo(PoolKey.of("http", "b.test", 80, proxy(Kind.SOCKS5, USER)));
    assertThat(key).isNotEqualTo(PoolKey.of("http", "a.test", 80, proxy(Kind.SOCKS5, OTHER)));
    assertThat(key.forwarded()).isFalse();
  }

  @Test
  void textDoesNotTellTheUser() {
    PoolKey key = PoolKey.of("https", "a.test", 443, proxy(Kind.HTTPS, USER));

    assertThat(key.toString())
        .contains("https://***@proxy.test:3128")
        .doesNotContain("user", "pass", USER.field());
  }
}
