package io.httptrace.armeria;

import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** Tells the lookups of traced requests, and remembers whose they are while they go on. */
final class TracedResolver implements AddressResolver<InetSocketAddress> {
  private final EventExecutor executor;
  private final AddressResolver<InetSocketAddress> delegate;

  TracedResolver(EventExecutor executor, AddressResolver<InetSocketAddress> delegate) {
    this.executor = executor;
    this.delegate = delegate;
  }

  @Override
  public Future<InetSocketAddress> resolve(SocketAddress address) {
    ArmeriaRoundTrip user = DialOwner.current();
    if (user == null
        || !(address instanceof InetSocketAddress name)
        || !delegate.isSupported(address)
        || delegate.isResolved(address)) {
      return delegate.resolve(address);
    }
    ArmeriaLookup lookup = user.lookUp(name.getHostString());
    OwnedPromise told = new OwnedPromise(executor, user);
    delegate
        .resolve(address)
        .addListener(
            (Future<InetSocketAddress> done) -> {
              tell(lookup, done);
              if (done.isSuccess()) {
                told.trySuccess(done.getNow());
              } else {
                told.tryFailure(done.cause());
              }
            });
    return told;
  }

  private static void tell(ArmeriaLookup lookup, Future<InetSocketAddress> done) {
    if (!done.isSuccess()) {
      lookup.done(List.of(), done.cause());
      return;
    }
    InetAddress address = done.getNow().getAddress();
    lookup.done(address == null ? List.of() : List.of(address), null);
  }

  @Override
  public Future<InetSocketAddress> resolve(
      SocketAddress address, Promise<InetSocketAddress> promise) {
    return delegate.resolve(address, promise);
  }

  @Override
  public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
    return delegate.resolveAll(address);
  }

  @Override
  public Future<List<InetSocketAddress>> resolveAll(
      SocketAddress address, Promise<List<InetSocketAddress>> promise) {
    return delegate.resolveAll(address, promise);
  }

  @Override
  public boolean isSupported(SocketAddress address) {
    return delegate.isSupported(address);
  }

  @Override
  public boolean isResolved(SocketAddress address) {
    return delegate.isResolved(address);
  }

  @Override
  public void close() {
    // The group of the delegate closes it.
  }
}
