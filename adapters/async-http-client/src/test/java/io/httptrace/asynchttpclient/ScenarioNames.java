package io.httptrace.asynchttpclient;

import io.httptrace.conformance.Names;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up as the scenario says. The limit for connecting does not cover a lookup, so the
 * resolver has one of its own, as Netty's has.
 */
final class ScenarioNames extends InetNameResolver {
  private final Names names;
  private final @Nullable Duration limit;

  ScenarioNames(Names names, @Nullable Duration limit) {
    super(ImmediateEventExecutor.INSTANCE);
    this.names = names;
    this.limit = limit;
  }

  @Override
  protected void doResolve(String name, Promise<InetAddress> promise) {
    lookup(name, promise, (found, into) -> into.trySuccess(found.get(0)));
  }

  @Override
  protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
    lookup(name, promise, (found, into) -> into.trySuccess(found));
  }

  private <T> void lookup(
      String name, Promise<T> promise, BiConsumer<List<InetAddress>, Promise<T>> success) {
    CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
    if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
      try {
        lookup.complete(List.of(InetAddress.getByName(name)));
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    } else {
      names
          .lookup(name)
          .whenComplete(
              (found, error) -> {
                if (error == null) {
                  lookup.complete(found);
                } else {
                  lookup.completeExceptionally(cause(error));
                }
              });
    }
    if (limit != null) {
      lookup.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
    lookup.whenComplete(
        (found, error) -> {
          if (error == null) {
            success.accept(found, promise);
          } else {
            promise.tryFailure(cause(error));
          }
        });
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
