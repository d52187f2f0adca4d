package io.httptrace.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "::, ::",
    "::1, ::1",
    "fe80::, fe80::",
    "2001:db8::1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "10:0:0:0:0:0:0:100, 10::100",
  })
  void leavesOutTheLongestRunOfZeros(String literal, String written) throws Exception {
    assertThat(Addresses.of(InetAddress.getByName(literal))).isEqualTo(written);
  }

  @Test
  void putsAnIpv6AddressInBracketsBeforeItsPort() throws Exception {
    InetAddress v6 = InetAddress.getByName("2001:db8::1");
    InetAddress v4 = InetAddress.getByAddress("a.test", new byte[] {10, 0, 0, 1});

    assertThat(Addresses.of(new InetSocketAddress(v6, 443))).isEqualTo("[2001:db8::1]:443");
    assertThat(Addresses.of(new InetSocketAddress(v4, 443))).isEqualTo("10.0.0.1:443");
  }

  @Test
  void namesAnUnresolvedAddressByItsHost() {
    assertThat(Addresses.of(InetSocketAddress.createUnresolved("a.test", 80)))
        .isEqualTo("a.test:80");
  }

  @Test
  void keepsTheZoneOfAnAddress() throws Exception {
    InetAddress scoped =
        Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), 3);

    assertThat(Addresses.of(scoped)).isEqualTo("fe80::1%3");
  }
}
