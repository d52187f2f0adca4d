package io.httptrace.cli.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.ResolveEntry;
import io.httptrace.client.Resolver;
import io.httptrace.conformance.timelines.SampleTimelines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class ChosenAddressesTest {
  private final Resolver others =
      host -> CompletableFuture.completedFuture(List.of(SampleTimelines.V6, SampleTimelines.V4));

  @Test
  void withoutOptionsAllIsAsFound() throws Exception {
    assertThat(resolve("a.test", AddressFamily.ANY))
        .containsExactly(SampleTimelines.V6, SampleTimelines.V4);
  }

  @Test
  void usesOneFamilyOnlyWhenAskedTo() throws Exception {
    assertThat(resolve("a.test", AddressFamily.IPV4)).containsExactly(SampleTimelines.V4);
    assertThat(resolve("a.test", AddressFamily.IPV6)).containsExactly(SampleTimelines.V6);
  }

  @Test
  void failsWhenThereIsNoAddressOfTheFamily() {
    assertThatThrownBy(() -> resolve("a.test", AddressFamily.IPV6, "a.test:443:192.0.2.9"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("a.test has no IPv6 address");
  }

  @Test
  void looksNothingUpThatIsGiven() throws Exception {
    assertThat(resolve("A.test", AddressFamily.ANY, "a.TEST:443:192.0.2.9,192.0.2.8"))
        .containsExactly(InetAddress.getByName("192.0.2.9"), InetAddress.getByName("192.0.2.8"));
  }

  @Test
  void anEntryIsForItsHostAndPortOnly() throws Exception {
    assertThat(resolve("a.test", AddressFamily.IPV4, "b.test:443:192.0.2.9", "a.test:80:192.0.2.9"))
        .containsExactly(SampleTimelines.V4);
  }

  @Test
  void theLastEntryForAHostCountsAndAnyHostComesLast() throws Exception {
    assertThat(resolve("a.test", AddressFamily.ANY, "a.test:443:192.0.2.8", "a.test:443:192.0.2.9"))
        .containsExactly(InetAddress.getByName("192.0.2.9"));
    assertThat(resolve("a.test", AddressFamily.ANY, "a.test:443:192.0.2.8", "*:443:192.0.2.9"))
        .containsExactly(InetAddress.getByName("192.0.2.8"));
    assertThat(resolve("b.test", AddressFamily.ANY, "a.test:443:192.0.2.8", "*:443:192.0.2.9"))
        .containsExactly(InetAddress.getByName("192.0.2.9"));
    assertThat(resolve("b.test", AddressFamily.ANY, "*:443:192.0.2.8", "+*:443:192.0.2.9"))
        .containsExactly(InetAddress.getByName("192.0.2.9"));
  }

  private List<InetAddress> resolve(String host, AddressFamily family, String... entries)
      throws CommandException {
    List<ResolveEntry> parsed = new ArrayList<>();
    for (String entry : entries) {
      parsed.add(ResolveEntry.parse(entry));
    }
    return new ChosenAddresses(new AddressOptions(family, parsed), 443, false, others)
        .resolve(host)
        .toCompletableFuture()
        .join();
  }
}
