package io.httptrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The table of names and the clock that stands still. */
final class FakesTest {

  @Test
  void lookupsTakeTheAnswersInTurnAndThenTheLastOneAgain() throws Exception {
    Gate gate = new Gate();
    FakeResolver names =
        new FakeResolver().resolves("h", "127.0.0.1", "::1").resolvesAfter("h", gate, "127.0.0.2");
    assertThat(look(names, "h").join()).containsExactly(address("::1"), address("127.0.0.1"));
    CompletableFuture<List<InetAddress>> held = look(names, "h");
    assertThat(held).isNotDone();
    gate.open();
    assertThat(held.join()).containsExactly(address("127.0.0.2"));
    assertThat(look(names, "h").join()).hasSize(1);
    assertThat(names.lookups()).containsExactly("h", "h", "h");
  }

  @Test
  void lookupsFailAsTold() {
    FakeResolver names = new FakeResolver().fails("bad", LookupException.Kind.SERVER_FAILURE);
    assertThatThrownBy(() -> look(names, "bad").join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("dns-server-failure");
    assertThatThrownBy(() -> look(names, "unknown").join()).hasMessageContaining("dns-not-found");
    assertThat(look(new FakeResolver().hangs("h"), "h")).isNotDone();
  }

  @Test
  void clockRunsWhatIsDueAtItsTime() {
    ManualClock clock = new ManualClock();
    List<String> ran = new ArrayList<>();
    clock.schedule(Duration.ofMillis(300), () -> ran.add("b " + clock.getAsLong()));
    clock.schedule(
        Duration.ofMillis(100),
        () -> {
          ran.add("a " + clock.getAsLong());
          clock.schedule(Duration.ofMillis(50), () -> ran.add("c " + clock.getAsLong()));
        });
    clock.advance(Duration.ofMillis(99));
    assertThat(ran).isEmpty();
    clock.advance(Duration.ofMillis(101));
    assertThat(ran).containsExactly("a 100000000", "c 150000000");
    clock.advance(Duration.ofSeconds(1));
    assertThat(ran).last().isEqualTo("b 300000000");
    assertThat(clock.wallClock().instant()).isEqualTo(Instant.parse("2026-01-01T00:00:01.200Z"));
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CompletableFuture<List<InetAddress>> look(FakeResolver names, String host) {
    return names.lookup(host).toCompletableFuture();
  }

  private static InetAddress address(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }
}
