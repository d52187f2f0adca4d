package io.httptrace.client.connect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.errors.DnsException;
import io.httptrace.client.errors.DnsException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lookups that are shared, left, and fail in every way. */
class LookupsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final List<CompletableFuture<List<InetAddress>>> asked = new ArrayList<>();
  private final Lookups lookups =
      new Lookups(
          host -> {
            CompletableFuture<List<InetAddress>> stage = new CompletableFuture<>();
            asked.add(stage);
            return stage;
          },
          "test");

  /** One who takes part, and what it is told. */
  private static final class FakeWaiter implements Lookups.Waiter {
    int told;
    List<InetAddress> addrs = List.of();
    @Nullable DnsException error;
    boolean shared;

    DnsException error() {
      return requireNonNull(error);
    }

    @Override
    public void done(List<InetAddress> found, @Nullable DnsException failure, boolean with) {
      told++;
      addrs = found;
      error = failure;
      shared = with;
    }
  }

  private FakeWaiter join(String host) {
    return join(lookups, host);
  }

  private static FakeWaiter join(Lookups lookups, String host) {
    FakeWaiter waiter = new FakeWaiter();
    lookups.join(host, waiter);
    return waiter;
  }

  @Test
  void aLookupThatIsNotSharedSaysSo() {
    FakeWaiter one = join("a.test");
    asked.get(0).complete(List.of(LOOPBACK));

    assertThat(one.addrs).containsExactly(LOOPBACK);
    assertThat(one.error).isNull();
    assertThat(one.shared).isFalse();
  }

  @Test
  void overlappingLookupsOfANameAreOne() {
    FakeWaiter one = join("a.test");
    FakeWaiter two = join("a.test");
    FakeWaiter other = join("b.test");
    assertThat(asked).hasSize(2);
    asked.get(0).complete(List.of(LOOPBACK));

    assertThat(List.of(one, two)).allMatch(waiter -> waiter.shared && waiter.told == 1);
    assertThat(two.addrs).containsExactly(LOOPBACK);
    assertThat(other.told).isZero();
  }

  @Test
  void aNameIsLookedUpAgainAfterwards() {
    join("a.test");
    asked.get(0).complete(List.of(LOOPBACK));
    FakeWaiter later = join("a.test");
    assertThat(asked).hasSize(2);
    asked.get(1).complete(List.of(LOOPBACK));
    assertThat(later.shared).isFalse();
  }

  @Test
  void whoLeavesTakesNothingFromTheOthers() {
    FakeWaiter first = join("a.test");
    FakeWaiter second = join("a.test");

    assertThat(lookups.leave("a.test", first)).as("shared").isTrue();
    asked.get(0).complete(List.of(LOOPBACK));
    assertThat(first.told).isZero();
    assertThat(second.addrs).containsExactly(LOOPBACK);
    assertThat(second.shared).isTrue();
  }

  @Test
  void aLookupEveryoneHasLeftIsForgotten() {
    FakeWaiter first = join("a.test");
    assertThat(lookups.leave("a.test", first)).as("shared").isFalse();
    FakeWaiter second = join("a.test");
    assertThat(asked).hasSize(2);
    asked.get(0).completeExceptionally(new UnknownHostException("a.test"));
    assertThat(second.told).isZero();
    asked.get(1).complete(List.of(LOOPBACK));
    assertThat(second.addrs).containsExactly(LOOPBACK);
    assertThat(first.told).isZero();
  }

  @Test
  void leavingTwiceOrTooLateDoesNothing() {
    FakeWaiter waiter = join("a.test");
    lookups.leave("a.test", waiter);
    assertThat(lookups.leave("a.test", waiter)).isFalse();

    FakeWaiter late = join("b.test");
    asked.get(1).complete(List.of(LOOPBACK));
    assertThat(lookups.leave("b.test", late)).isFalse();
    assertThat(late.told).isEqualTo(1);
  }

  @Test
  void aFailureReachesAllWhoShare() {
    FakeWaiter one = join("a.test");
    FakeWaiter two = join("a.test");
    asked.get(0).completeExceptionally(new UnknownHostException("a.test"));

    assertThat(one.error).isNotNull();
    assertThat(one.error().reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(two.error).isNotNull();
    assertThat(two.addrs).isEmpty();
  }

  private static DnsException failure(
      Function<String, CompletionStage<List<InetAddress>>> resolver) {
    FakeWaiter waiter = join(new Lookups(resolver, "test"), "a.test");
    assertThat(waiter.told).isEqualTo(1);
    assertThat(waiter.addrs).isEmpty();
    assertThat(waiter.error().host()).isEqualTo("a.test");
    return waiter.error();
  }

  @Test
  void noAddressIsNotFound() {
    DnsException error = failure(host -> CompletableFuture.completedFuture(List.of()));

    assertThat(error.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(error).hasMessage("lookup a.test: no such host").hasNoCause();
  }

  @Test
  void whatAResolverSaysOfANameIsPassedOn() {
    assertThat(
            failure(
                host ->
                    CompletableFuture.failedFuture(
                        new UnknownHostException(host + " has no IPv6"))))
        .hasMessage("lookup a.test: no such host: a.test has no IPv6");
    assertThat(
            failure(
                host ->
                    CompletableFuture.failedFuture(new UnknownHostException(host + ": not known"))))
        .hasMessage("lookup a.test: no such host");
  }

  @Test
  void nullInPlaceOfAListIsNotFound() {
    assertThat(failure(host -> CompletableFuture.completedFuture(null)).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void aListWithNullInItIsTheResolversFault() {
    DnsException error =
        failure(host -> CompletableFuture.completedFuture(Arrays.asList(LOOPBACK, null)));

    assertThat(error.reason()).isEqualTo(Reason.OTHER);
    assertThat(error).hasCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void aResolverThatThrowsHasFailed() {
    IllegalStateException thrown = new IllegalStateException("closed");
    DnsException error =
        failure(
            host -> {
              throw thrown;
            });

    assertThat(error.reason()).isEqualTo(Reason.OTHER);
    assertThat(error).hasCause(thrown);
  }

  @Test
  void aResolverThatGivesNoStageHasFailed() {
    assertThat(failure(host -> null)).hasRootCauseMessage("the resolver returned null");
  }

  @Test
  void aTypedErrorIsPassedOnAsItIs() {
    DnsException typed = new DnsException("a.test", Reason.SERVER_FAILURE, null);

    assertThat(failure(host -> CompletableFuture.failedFuture(typed))).isSameAs(typed);
    assertThat(failure(host -> CompletableFuture.failedFuture(new CompletionException(typed))))
        .isSameAs(typed);
  }

  @Test
  void anUnknownHostIsNotFoundAndOtherErrorsAreOther() {
    UnknownHostException unknown = new UnknownHostException("a.test");

    assertThat(failure(host -> CompletableFuture.failedFuture(unknown)).reason())
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(failure(host -> CompletableFuture.failedFuture(new Error("bad"))).reason())
        .isEqualTo(Reason.OTHER);
  }
}
