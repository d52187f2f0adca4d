package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.error.LookupException;
import io.httptrace.conformance.time.Gate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A table of names. Each lookup of a name takes the next of its answers; the last one is repeated.
 * A name that is not in the table is not found.
 *
 * <p>IPv6 addresses are answered first, as a system's resolver does on a dual-stack loopback (RFC
 * 6724, section 6).
 */
public final class FakeResolver implements Names {
  private final Map<String, List<Answer>> table = new HashMap<>();
  private final List<String> lookups = new ArrayList<>();

  /** Makes an empty table. */
  public FakeResolver() {}

  /**
   * Adds an answer.
   *
   * @param host the name
   * @param addresses the addresses, as literals
   * @return this
   */
  public FakeResolver resolves(String host, String... addresses) {
    return add(host, new Answer(parse(addresses), null, null));
  }

  /**
   * Adds a delayed answer.
   *
   * @param host the name
   * @param until the gate to wait for
   * @param addresses the addresses, as literals
   * @return this
   */
  public FakeResolver resolvesAfter(String host, Gate until, String... addresses) {
    return add(host, new Answer(parse(addresses), null, requireNonNull(until, "until")));
  }

  /**
   * Adds a failure.
   *
   * @param host the name
   * @param kind how the lookup fails
   * @return this
   */
  public FakeResolver fails(String host, LookupException.Kind kind) {
    return add(host, new Answer(List.of(), requireNonNull(kind, "kind"), null));
  }

  /**
   * Adds a lookup that never ends.
   *
   * @param host the name
   * @return this
   */
  public FakeResolver hangs(String host) {
    return add(host, new Answer(List.of(), null, new Gate()));
  }

  /** {@return the names that have been looked up, in order} */
  public synchronized List<String> lookups() {
    return List.copyOf(lookups);
  }

  @Override
  public CompletionStage<List<InetAddress>> lookup(String host) {
    Answer answer = take(host);
    CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
    Runnable give =
        () -> {
          if (answer.failure() == null) {
            result.complete(answer.addresses());
          } else {
            result.completeExceptionally(new LookupException(answer.failure(), host));
          }
        };
    if (answer.held() == null) {
      give.run();
    } else {
      answer.held().whenOpen(give);
    }
    return result;
  }

  private synchronized FakeResolver add(String host, Answer answer) {
    table.computeIfAbsent(requireNonNull(host, "host"), h -> new ArrayList<>()).add(answer);
    return this;
  }

  private synchronized Answer take(String host) {
    lookups.add(host);
    List<Answer> answers = table.get(host);
    if (answers == null) {
      return new Answer(List.of(), LookupException.Kind.NOT_FOUND, null);
    }
    return answers.size() > 1 ? answers.remove(0) : answers.get(0);
  }

  private static List<InetAddress> parse(String... literals) {
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : literals) {
      try {
        addresses.add(InetAddress.getByName(literal));
      } catch (UnknownHostException notALiteral) {
        throw new IllegalArgumentException(literal, notALiteral);
      }
    }
    addresses.sort(Comparator.comparing(a -> a instanceof Inet6Address ? 0 : 1));
    return List.copyOf(addresses);
  }

  private record Answer(
      List<InetAddress> addresses, LookupException.@Nullable Kind failure, @Nullable Gate held) {}
}
