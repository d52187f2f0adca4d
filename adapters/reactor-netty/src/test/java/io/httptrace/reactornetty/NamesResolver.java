package io.httptrace.reactornetty;

import io.httptrace.conformance.Names;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Netty's way to ask the names of a scenario. */
final class NamesResolver extends AddressResolverGroup<InetSocketAddress> {
  private final Names names;
  private final @Nullable Duration timeout;

  NamesResolver(Names names) {
    this(names, null);
  }

  /** Makes one with a time limit, which Netty's own resolver has, too. */
  NamesResolver(Names names, @Nullable Duration timeout) {
    this.names = names;
    this.timeout = timeout;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new InetNameResolver(executor) {
      @Override
      protected void doResolve(String host, Promise<InetAddress> promise) {
        throw new UnsupportedOperationException("all addresses are asked for");
      }

      @Override
      protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
        CompletableFuture<List<InetAddress>> asked =
            names.lookup(host).toCompletableFuture().copy();
        if (timeout != null) {
          asked.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        var unused =
            asked.whenComplete(
                (addresses, error) -> {
                  if (error == null) {
                    promise.trySuccess(addresses);
                  } else {
                    promise.tryFailure(
                        error instanceof CompletionException ? error.getCause() : error);
                  }
                });
      }
    }.asAddressResolver();
  }
}
