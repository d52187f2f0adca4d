package io.httptrace.cli;

import io.httptrace.cli.Options.AddressFamily;
import io.httptrace.client.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Resolves as {@code --resolve}, {@code -4} and {@code -6} say.
 *
 * @param entries the {@code --resolve}, in order; for the same host and port the last one counts,
 *     and one with a name before one with {@code *}
 * @param port the port of the URL: entries of other ports are not for it
 * @param family which addresses to use, of those found and of those given
 * @param others resolves what is in no entry
 */
record ChosenAddresses(List<ResolveEntry> entries, int port, AddressFamily family, Resolver others)
    implements Resolver {

  @Override
  public CompletionStage<List<InetAddress>> resolve(String host) {
    CompletionStage<List<InetAddress>> all =
        given(host)
            .<CompletionStage<List<InetAddress>>>map(
                entry -> CompletableFuture.completedFuture(entry.addresses()))
            .orElseGet(() -> others.resolve(host));
    return family == AddressFamily.ANY ? all : all.thenCompose(found -> filter(host, found));
  }

  private Optional<ResolveEntry> given(String host) {
    ResolveEntry best = null;
    for (ResolveEntry entry : entries) {
      boolean better = best == null || best.host().equals("*") || !entry.host().equals("*");
      if (entry.isFor(host, port) && better) {
        best = entry;
      }
    }
    return Optional.ofNullable(best);
  }

  private CompletionStage<List<InetAddress>> filter(String host, List<InetAddress> found) {
    boolean wantIpv4 = family == AddressFamily.IPV4;
    List<InetAddress> wanted =
        found.stream().filter(address -> address instanceof Inet4Address == wantIpv4).toList();
    if (wanted.isEmpty()) {
      return CompletableFuture.failedFuture(
          new UnknownHostException(host + " has no " + (wantIpv4 ? "IPv4" : "IPv6") + " address"));
    }
    return CompletableFuture.completedFuture(wanted);
  }
}
