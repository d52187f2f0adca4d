package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which targets a route leads to, and what it tells of itself. */
class ProxyRouteTest {
  private static final ProxyRoute ROUTE = ProxyRoute.http("Proxy.example", 3128);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "example.com, http://example.com/",
    "example.com, https://EXAMPLE.com/",
    "example.com, http://www.example.com/",
    "example.com, http://example.com./",
    "EXAMPLE.com, http://example.com/",
    ".example.com, http://www.example.com/",
    "*.example.com, http://www.example.com/",
    "example.com:8080, http://example.com:8080/",
    "example.com:443, https://example.com/",
    "example.com:80, http://example.com/",
    "localhost, http://localhost:8080/",
    "10.0.0.0/8, http://10.255.0.1/",
    "10.1.2.3, http://10.1.2.3/",
    "10.1.2.3:8080, http://10.1.2.3:8080/",
    "10.1.2.128/25, http://10.1.2.129/",
    "0.0.0.0/0, http://10.1.2.3/",
    "::1, http://[::1]/",
    "[::1]:8080, http://[::1]:8080/",
    "fd00::/8, https://[fd12::3]/",
    "*, http://example.com/",
    "'a.test, example.com', http://example.com/",
  })
  void exceptionMatches(String pattern, URI target) {
    assertThat(ROUTE.except(pattern).serverFor(target)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "example.com, http://badexample.com/",
    "example.com, http://example.com.test/",
    ".example.com, http://example.com/",
    "*.example.com, http://example.com/",
    "example.com:8080, http://example.com/",
    "example.com:80, https://example.com/",
    "10.0.0.0/8, http://11.0.0.1/",
    "10.1.2.128/25, http://10.1.2.127/",
    "10.0.0.0/8, http://10.example.com/",
    "0.0.0.0/0, http://[::1]/",
    "::1, http://[::2]/",
    "fd00::/8, https://[fe80::3]/",
    "'', http://example.com/",
    "' , ', http://example.com/",
  })
  void exceptionDoesNotMatch(String pattern, URI target) {
    assertThat(ROUTE.except(pattern).serverFor(target)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/x",
        "example.com/8",
        "fd00::/129",
        "a*b",
        "a:0",
        "a:65536",
        "a:b",
        ":80",
        "."
      })
  void otherTextIsNoPattern(String pattern) {
    assertThatThrownBy(() -> ROUTE.except(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a host, an address or a net: " + pattern);
  }

  @Test
  void exceptionsAddUp() {
    ProxyRoute route = ROUTE.except("a.test").except("b.test", "c.test");

    assertThat(route.serverFor(URI.create("http://a.test/"))).isNull();
    assertThat(route.serverFor(URI.create("http://b.test/"))).isNull();
    assertThat(route.serverFor(URI.create("http://c.test/"))).isNull();
    assertThat(route.serverFor(URI.create("http://d.test/"))).isNotNull();
    assertThat(ROUTE.serverFor(URI.create("http://a.test/"))).isNotNull();
  }

  @Test
  void firstRouteThatLeadsToTheTargetCounts() {
    RoutedProxies proxies =
        new RoutedProxies(
            List.of(
                ProxyRoute.http("a", 1).onlyFor("http").except("x.test"),
                ProxyRoute.https("b", 2).onlyFor("https"),
                ProxyRoute.socks5("[::1]", 3).except("y.test")));

    assertThat(proxies.proxyFor(URI.create("http://a.test/"))).hasToString("http://a:1");
    assertThat(proxies.proxyFor(URI.create("HTTPS://a.test/"))).hasToString("https://b:2");
    assertThat(proxies.proxyFor(URI.create("http://x.test/"))).hasToString("socks5://[::1]:3");
    assertThat(proxies.proxyFor(URI.create("https://y.test/"))).hasToString("https://b:2");
    assertThat(new RoutedProxies(List.of(ROUTE.except("*"))).proxyFor(URI.create("http://a.test/")))
        .isNull();
  }

  @Test
  void credentialsDoNotShow() {
    ProxyRoute route = ROUTE.credentials("aladdin", "opensesame");
    assertThat(route).hasToString("http://***@proxy.example:3128");
    assertThat(ROUTE).hasToString("http://proxy.example:3128");
    ProxyCredentials credentials = ProxyCredentials.of("aladdin", "opensesame");
    assertThat(route.serverFor(URI.create("http://a.test/")))
        .isEqualTo(new ProxyServer(ProxyServer.Kind.HTTP, "proxy.example", 3128, credentials))
        .hasToString("http://***@proxy.example:3128");
    assertThat(credentials).hasToString("***");
    assertThat(credentials.field()).isEqualTo("Basic YWxhZGRpbjpvcGVuc2VzYW1l");
  }

  @Test
  void credentialsThatCannotBeToldAreRefused() {
    ProxyRoute socks = ProxyRoute.socks5("p", 1080);

    assertThatThrownBy(() -> ROUTE.credentials("a:b", "c"))
        .hasMessage("user must not contain a colon");
    assertThatThrownBy(() -> socks.credentials("", "c")).hasMessageStartingWith("user must have");
    assertThatThrownBy(() -> socks.credentials("a", "\u00e4"))
        .hasMessageStartingWith("password must have");
    assertThatThrownBy(() -> socks.credentials("a", "x".repeat(256)))
        .hasMessageStartingWith("password must have");
    assertThat(socks.credentials("a:b", "x".repeat(255))).hasToString("socks5://***@p:1080");
  }

  @Test
  void proxyNeedsHostAndPort() {
    assertThatThrownBy(() -> ProxyRoute.http("", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProxyRoute.http("a", 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProxyRoute.http("a", 65_536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ROUTE.onlyFor("ftp")).isInstanceOf(IllegalArgumentException.class);
  }
}
