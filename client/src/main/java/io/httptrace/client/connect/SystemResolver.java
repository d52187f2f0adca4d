package io.httptrace.client.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The system's resolver, asked on threads that may block. */
public final class SystemResolver implements Function<String, CompletionStage<List<InetAddress>>> {
  private final Executor blocking;

  /**
   * Makes a resolver that asks the system.
   *
   * @param blocking runs lookups, which block
   */
  public SystemResolver(Executor blocking) {
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<List<InetAddress>> apply(String host) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return List.of(InetAddress.getAllByName(host));
          } catch (UnknownHostException e) {
            throw new CompletionException(e);
          }
        },
        blocking);
  }
}
