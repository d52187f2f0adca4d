package io.httptrace.armeria;

import io.httptrace.conformance.Names;
import io.httptrace.conformance.error.LookupException;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks names up where a scenario says. */
final class TestResolvers extends AddressResolverGroup<InetSocketAddress> {
  private final Names names;
  private final @Nullable Duration limit;

  /**
   * Makes them.
   *
   * @param names answers
   * @param limit how long a lookup may take; null for any time
   */
  TestResolvers(Names names, @Nullable Duration limit) {
    this.names = names;
    this.limit = limit;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String host, Promise<InetAddress> promise) {
        if (limit != null) {
          LookupException tooLong = new LookupException(LookupException.Kind.TIMEOUT, host);
          executor.schedule(
              () -> promise.tryFailure(tooLong), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        names
            .lookup(host)
            .whenComplete(
                (addresses, failure) -> {
                  if (failure == null) {
                    promise.trySuccess(named(host, addresses.get(0)));
                  } else {
                    promise.tryFailure(
                        failure instanceof CompletionException wrapped
                            ? wrapped.getCause()
                            : failure);
                  }
                });
      }

      @Override
      protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
        promise.setFailure(new UnsupportedOperationException());
      }
    }.asAddressResolver();
  }

  /** {@return an address that knows its name, as resolvers make them: TLS sends it} */
  private static InetAddress named(String host, InetAddress address) {
    try {
      return InetAddress.getByAddress(host, address.getAddress());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
