package io.httptrace.armeria;

import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;

/** The result of a lookup. What its listeners do, they do for the request that looks up. */
final class OwnedPromise extends DefaultPromise<InetSocketAddress> {
  private final ArmeriaRoundTrip owner;

  OwnedPromise(EventExecutor executor, ArmeriaRoundTrip owner) {
    super(executor);
    this.owner = owner;
  }

  @Override
  @SuppressWarnings("unchecked") // As in Netty: a listener of this future takes this future.
  public Promise<InetSocketAddress> addListener(
      GenericFutureListener<? extends Future<? super InetSocketAddress>> listener) {
    GenericFutureListener<Future<? super InetSocketAddress>> told =
        (GenericFutureListener<Future<? super InetSocketAddress>>) listener;
    GenericFutureListener<Future<InetSocketAddress>> owned =
        future -> DialOwner.goOn(owner, () -> told.operationComplete(future));
    return super.addListener(owned);
  }
}
