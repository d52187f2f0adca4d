package io.httptrace.client;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Looks up host names.
 *
 * <p>The client calls it for each dial to a name, never for an IP literal. Concurrent lookups of
 * the same name share one call.
 */
@FunctionalInterface
public interface Resolver {

  /**
   * Looks up a name. Called on any thread; must not block. The stage may complete on any thread.
   *
   * @param host the name as in the URI, without a port
   * @return completes with the addresses, of both families, in the order in which to try them; or
   *     exceptionally, preferably with a {@link io.httptrace.client.errors.DnsException} or an
   *     {@link java.net.UnknownHostException}. An empty list counts as not found. If the stage
   *     never completes, the dial ends with the connect timeout or the timeout of the request.
   */
  CompletionStage<List<InetAddress>> resolve(String host);

  /**
   * {@return what hooks are told of who was asked ({@link io.httptrace.DnsDoneInfo#resolver()}):
   * {@code custom} unless overridden} Such as the address of a server, or {@code dns-over-https}.
   * Called once, when the client's builder is given the resolver.
   */
  default String name() {
    return "custom";
  }
}
