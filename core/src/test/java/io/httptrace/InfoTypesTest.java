package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The info types as they stand in a log, and what they keep. */
class InfoTypesTest {
  private static final InetSocketAddress LOCAL = Addresses.address(9, 4000);
  private static final InetSocketAddress REMOTE = Addresses.address(1, 80);

  @Test
  void aConnectionPrintsWhereItCameFrom() {
    GotConnInfo info =
        GotConnInfo.of(
            ConnectionInfo.of(7, LOCAL, REMOTE, "HTTP/1.1", null, 3),
            true,
            true,
            Duration.ofMillis(5));
    assertThat(info)
        .hasToString(
            "{Conn:#7 HTTP/1.1 /192.0.2.9:4000->/192.0.2.1:80 Reused:true WasIdle:true"
                + " IdleTime:PT0.005S}");
  }

  @Test
  void aLookupPrintsWhatWasFound() {
    assertThat(DnsStartInfo.of("example.com")).hasToString("{Host:example.com}");
    assertThat(DnsDoneInfo.of(List.of(Addresses.ip(1)), null, false))
        .hasToString("{Addrs:[/192.0.2.1] Err:null Coalesced:false}");
  }

  @Test
  void aLookupKeepsItsOwnAddresses() {
    List<InetAddress> addrs = new ArrayList<>(List.of(Addresses.ip(1)));
    DnsDoneInfo info = DnsDoneInfo.of(addrs, null, false);
    addrs.clear();
    assertThat(info.addrs()).containsExactly(Addresses.ip(1));
  }

  @Test
  void noInfoPrintsASecret() {
    String secret = "s3cret";
    List<Object> infos =
        List.of(
            RoundTripStartInfo.of(
                1, RoundTripReason.FIRST, "GET", URI.create("http://u:s3cret@a/?token=s3cret")),
            GotResponseInfo.of(200, "HTTP/1.1", Map.of("set-cookie", List.of(secret))));
    assertThat(infos).noneMatch(info -> info.toString().contains(secret));
    assertThat(infos.get(0)).hasToString("{#1 FIRST GET}");
    assertThat(infos.get(1)).hasToString("{200 HTTP/1.1}");
  }

  @Test
  void theEndPrintsOutcomeBytesAndError() {
    ByteCounts bytes = ByteCounts.of(100, 200, 0, 50);
    assertThat(RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, bytes, null))
        .hasToString("{COMPLETED sent:100/0 received:200/50}");
    assertThat(RoundTripDoneInfo.of(RoundTripOutcome.FAILED, bytes, new IOException("reset")))
        .hasToString("{FAILED sent:100/0 received:200/50 Err:java.io.IOException: reset}");
    assertThat(WroteRequestInfo.of(null)).hasToString("{Err:null}");
  }

  @Test
  void bytesThatWereNotCountedAreAbsentAndNotZero() {
    RoundTripDoneInfo info = RoundTripDoneInfo.of(RoundTripOutcome.COMPLETED, null, null);
    assertThat(info.bytes()).isNull();
    assertThat(info).hasToString("{COMPLETED}");
  }

  @Test
  void everyIdleReasonHasAMessage() {
    for (IdleConnectionException.Reason reason : IdleConnectionException.Reason.values()) {
      IdleConnectionException exception = new IdleConnectionException(reason);
      assertThat(exception.reason()).isSameAs(reason);
      assertThat(exception).message().isNotBlank();
    }
  }

  @Test
  void theFieldsOfAResponseAreCollectedWhenSomeoneAsks() {
    List<String> collected = new ArrayList<>();
    Map<String, List<String>> headers = Map.of("Server", List.of("s"));
    GotResponseInfo info =
        GotResponseInfo.collecting(
            200,
            "HTTP/1.1",
            () -> {
              collected.add("collected");
              return headers;
            });
    assertThat(info).hasToString("{200 HTTP/1.1}");
    assertThat(collected).isEmpty();
    assertThat(info.headers()).isSameAs(headers);
    assertThat(info.headers()).isSameAs(headers);
    assertThat(collected).hasSize(1);
  }
}
