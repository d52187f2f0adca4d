package io.httptrace.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralsTest {

  @Test
  void addressesNeedNoLookup() throws IOException {
    assertThat(IpLiterals.addressOf("127.0.0.1"))
        .isEqualTo(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    assertThat(IpLiterals.addressOf("::1")).hasToString("/0:0:0:0:0:0:0:1");
    assertThat(IpLiterals.isLiteral("127.0.0.1")).isTrue();
    assertThat(IpLiterals.isLiteral("fe80::1%eth0")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.test", "127.1", "1.2.3.4.5", "a%b", "fe80::x%1", ""})
  void namesDo(String name) throws IOException {
    assertThat(IpLiterals.addressOf(name)).isNull();
    assertThat(IpLiterals.isLiteral(name)).isFalse();
  }

  @Test
  void theZoneIsPartOfTheAddress() throws IOException {
    assertThat(IpLiterals.addressOf("fe80::1%7"))
        .isInstanceOfSatisfying(
            Inet6Address.class,
            address -> {
              assertThat(address.getScopeId()).isEqualTo(7);
              assertThat(address.getHostAddress()).isEqualTo("fe80:0:0:0:0:0:0:1%7");
            });
  }
}
