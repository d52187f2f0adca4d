package io.httptrace.conformance;

import io.httptrace.conformance.error.LookupException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How a scenario's host names are looked up. The adapter wraps it as a resolver of the client. */
@FunctionalInterface
public interface Names {
  /**
   * Looks up a name. The answer may come late, or never. A client that stops waiting need not say
   * so.
   *
   * @param host the name, without a port
   * @return the addresses in the order in which to try them; or a {@link LookupException}
   */
  CompletionStage<List<InetAddress>> lookup(String host);
}
