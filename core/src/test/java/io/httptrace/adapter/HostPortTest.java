package io.httptrace.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Host and port as one text. */
class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, 443, example.com:443",
    "127.0.0.1, 80, 127.0.0.1:80",
    "::1, 80, [::1]:80",
    "[::1], 80, [::1]:80",
    "fe80::1%eth0, 8080, [fe80::1%eth0]:8080",
  })
  void anIpv6LiteralIsInBrackets(String host, int port, String expected) {
    assertThat(HostPort.of(host, port)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/, example.com:80",
    "HTTPS://example.com, example.com:443",
    "wss://example.com/a, example.com:443",
    "ws://example.com/a, example.com:80",
    "https://user@example.com:8443/a, example.com:8443",
    "http://[::1]/, [::1]:80",
    "http://[::1]:0/, [::1]:0",
  })
  void aUriHasThePortOfItsSchemeIfItNamesNone(URI uri, String expected) {
    assertThat(HostPort.of(uri)).isEqualTo(expected);
  }

  @Test
  void aUriWithoutAHostIsRefused() {
    assertThatThrownBy(() -> HostPort.of(URI.create("mailto:a@example.com")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uri: no host");
  }

  @Test
  void theNameOfAnAddressIsKeptAndNoneIsLookedUp() throws UnknownHostException {
    byte[] loopback = {127, 0, 0, 1};
    byte[] loopback6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    assertThat(HostPort.of(InetSocketAddress.createUnresolved("proxy.test", 3128)))
        .isEqualTo("proxy.test:3128");
    assertThat(HostPort.of(new InetSocketAddress(InetAddress.getByAddress("a.test", loopback), 1)))
        .isEqualTo("a.test:1");
    assertThat(HostPort.of(new InetSocketAddress(InetAddress.getByAddress(loopback), 2)))
        .isEqualTo("127.0.0.1:2");
    assertThat(HostPort.of(new InetSocketAddress(InetAddress.getByAddress(loopback6), 3)))
        .isEqualTo("[0:0:0:0:0:0:0:1]:3");
  }
}
