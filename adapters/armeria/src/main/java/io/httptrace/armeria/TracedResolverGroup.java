package io.httptrace.armeria;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;

/** Resolvers that tell the lookups of traced requests. */
final class TracedResolverGroup extends AddressResolverGroup<InetSocketAddress> {
  private final AddressResolverGroup<InetSocketAddress> delegate;

  @SuppressWarnings("unchecked") // Armeria does the same: it uses them for such addresses only.
  TracedResolverGroup(AddressResolverGroup<? extends InetSocketAddress> delegate) {
    this.delegate = (AddressResolverGroup<InetSocketAddress>) delegate;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new TracedResolver(executor, delegate.getResolver(executor));
  }

  @Override
  public void close() {
    super.close();
    delegate.close();
  }
}
