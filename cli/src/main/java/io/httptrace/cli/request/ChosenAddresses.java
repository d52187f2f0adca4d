package io.httptrace.cli.request;

import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.ResolveEntry;
import io.httptrace.client.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Resolves by {@code --resolve}, {@code -4} and {@code -6}. The last of several entries for the
 * same host and port counts; an entry with a name counts before one with {@code *}.
 *
 * @param options the entries, and the address family, for found and given addresses
 * @param port the port of the URL: entries for it count before entries for other ports
 * @param otherPorts whether entries for other ports count at all: a redirect or a proxy can have
 *     another port, which a resolver does not know
 * @param others resolves hosts without an entry
 */
public record ChosenAddresses(AddressOptions options, int port, boolean otherPorts, Resolver others)
    implements Resolver {

  @Override
  public CompletionStage<List<InetAddress>> resolve(String host) {
    CompletionStage<List<InetAddress>> all =
        given(host)
            .<CompletionStage<List<InetAddress>>>map(
                entry -> CompletableFuture.completedFuture(entry.addresses()))
            .orElseGet(() -> others.resolve(host));
    return options.family() == AddressFamily.ANY
        ? all
        : all.thenCompose(found -> filter(host, found));
  }

  private Optional<ResolveEntry> given(String host) {
    return best(host, entry -> entry.port() == port)
        .or(() -> otherPorts ? best(host, entry -> true) : Optional.empty());
  }

  private Optional<ResolveEntry> best(String host, Predicate<ResolveEntry> portFits) {
    ResolveEntry best = null;
    for (ResolveEntry entry : options.resolve()) {
      boolean better = best == null || best.host().equals("*") || !entry.host().equals("*");
      if (entry.isFor(host) && portFits.test(entry) && better) {
        best = entry;
      }
    }
    return Optional.ofNullable(best);
  }

  private CompletionStage<List<InetAddress>> filter(String host, List<InetAddress> found) {
    boolean wantIpv4 = options.family() == AddressFamily.IPV4;
    List<InetAddress> wanted =
        found.stream().filter(address -> address instanceof Inet4Address == wantIpv4).toList();
    if (wanted.isEmpty()) {
      return CompletableFuture.failedFuture(
          new UnknownHostException(host + " has no " + (wantIpv4 ? "IPv4" : "IPv6") + " address"));
    }
    return CompletableFuture.completedFuture(wanted);
  }
}
