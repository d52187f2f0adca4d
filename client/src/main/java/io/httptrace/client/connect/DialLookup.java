package io.httptrace.client.connect;

import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.errors.DnsException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lookup of a dial: the first step, and the hooks around it. Used on the strand of the dial.
 */
final class DialLookup implements DialStep, Lookups.Waiter {
  private final Lookups lookups;
  private final String host;
  private final Strand strand;
  private final DialHooks hooks;
  private final Outcome outcome;
  private boolean over;

  /** Is told how it ended, once, on the strand: with addresses or an error. */
  interface Outcome {
    void done(List<InetAddress> addrs, @Nullable DnsException error);
  }

  DialLookup(Lookups lookups, String host, Strand strand, DialHooks hooks, Outcome outcome) {
    this.lookups = lookups;
    this.host = host;
    this.strand = strand;
    this.hooks = hooks;
    this.outcome = outcome;
  }

  void start() {
    hooks.dnsStart(host);
    if (!over) {
      lookups.join(host, this);
    }
  }

  @Override
  public void done(List<InetAddress> addrs, @Nullable DnsException error, boolean shared) {
    long at = hooks.now();
    strand.execute(() -> end(at, addrs, error, shared));
  }

  @Override
  public void stop(boolean timeout, @Nullable Throwable reason) {
    boolean shared = lookups.leave(host, this);
    DnsException error =
        new DnsException(
            host, timeout ? DnsException.Reason.TIMEOUT : DnsException.Reason.CANCELLED, reason);
    end(hooks.now(), List.of(), error, shared);
  }

  private void end(long at, List<InetAddress> addrs, @Nullable DnsException error, boolean shared) {
    if (!over) {
      over = true;
      hooks.dnsDone(at, addrs, error, shared, lookups.resolverName());
      outcome.done(addrs, error);
    }
  }
}
