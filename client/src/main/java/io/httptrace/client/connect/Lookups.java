package io.httptrace.client.connect;

import io.httptrace.client.errors.DnsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names, each one once at a time: who asks for a name that is being looked up shares that
 * lookup. One who leaves takes nothing from the others.
 */
public final class Lookups {

  /** Waits for the result of a lookup, which it may share. */
  interface Waiter {
    /**
     * Takes the result, on any thread; not after it has left.
     *
     * @param addrs the addresses; empty if there is an error
     * @param error why there are none, or null
     * @param shared whether others shared the lookup
     */
    void done(List<InetAddress> addrs, @Nullable DnsException error, boolean shared);
  }

  private final Function<String, CompletionStage<List<InetAddress>>> resolver;
  private final String resolverName;

  // Guarded by this, with all that is in it.
  private final Map<String, Lookup> lookups = new HashMap<>();

  /**
   * Begins without any lookups.
   *
   * @param resolver looks up a name, without blocking
   * @param resolverName what hooks are told of who that is
   */
  public Lookups(
      Function<String, CompletionStage<List<InetAddress>>> resolver, String resolverName) {
    this.resolver = resolver;
    this.resolverName = resolverName;
  }

  /** {@return what hooks are told of who looks up names} */
  String resolverName() {
    return resolverName;
  }

  private static final class Lookup {
    final List<Waiter> waiters = new ArrayList<>(1);
    boolean shared;
  }

  /** Shares the lookup of a name, or begins it. */
  void join(String host, Waiter waiter) {
    Lookup lookup;
    boolean begin;
    synchronized (this) {
      Lookup underWay = lookups.get(host);
      begin = underWay == null;
      lookup = underWay == null ? new Lookup() : underWay;
      lookup.shared = !begin;
      lookup.waiters.add(waiter);
      lookups.put(host, lookup);
    }
    if (begin) {
      begin(host, lookup);
    }
  }

  private void begin(String host, Lookup lookup) {
    CompletionStage<List<InetAddress>> result;
    try {
      result = resolver.apply(host);
    } catch (Throwable t) {
      end(host, lookup, List.of(), error(host, t));
      return;
    }
    if (result == null) {
      end(
          host,
          lookup,
          List.of(),
          error(host, new NullPointerException("the resolver returned null")));
      return;
    }
    result.whenComplete((addrs, thrown) -> take(host, lookup, addrs, thrown));
  }

  private void take(
      String host, Lookup lookup, @Nullable List<InetAddress> addrs, @Nullable Throwable thrown) {
    if (thrown != null) {
      end(host, lookup, List.of(), error(host, thrown));
      return;
    }
    if (addrs == null || addrs.isEmpty()) {
      end(host, lookup, List.of(), new DnsException(host, DnsException.Reason.NOT_FOUND, null));
      return;
    }
    List<InetAddress> copy;
    try {
      copy = List.copyOf(addrs);
    } catch (RuntimeException e) {
      end(host, lookup, List.of(), error(host, e));
      return;
    }
    end(host, lookup, copy, null);
  }

  private void end(
      String host, Lookup lookup, List<InetAddress> addrs, @Nullable DnsException error) {
    List<Waiter> waiters;
    boolean shared;
    synchronized (this) {
      lookups.remove(host, lookup);
      waiters = List.copyOf(lookup.waiters);
      lookup.waiters.clear();
      shared = lookup.shared;
    }
    waiters.forEach(w -> w.done(addrs, error, shared));
  }

  /**
   * Leaves a lookup. A lookup that no one else shares is forgotten: who asks next begins a new one.
   *
   * @return whether others share it
   */
  boolean leave(String host, Waiter waiter) {
    synchronized (this) {
      Lookup lookup = lookups.get(host);
      if (lookup == null || !lookup.waiters.remove(waiter)) {
        return false;
      }
      if (lookup.waiters.isEmpty()) {
        lookups.remove(host);
      }
      return lookup.shared;
    }
  }

  private static DnsException error(String host, Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof DnsException typed) {
      return typed;
    }
    return new DnsException(
        host,
        cause instanceof UnknownHostException
            ? DnsException.Reason.NOT_FOUND
            : DnsException.Reason.OTHER,
        cause);
  }
}
