package io.httptrace.conformance;

import io.httptrace.conformance.error.LookupException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * How a scenario's host names are looked up. The adapter hands it to the client as the client's own
 * kind of resolver.
 */
@FunctionalInterface
public interface Names {
  /**
   * Looks up a name. The answer may be long in coming, or never come; a client that gives up on it
   * need not tell.
   *
   * @param host the name, without a port
   * @return the addresses in the order in which they are to be tried; or a {@link LookupException}
   */
  CompletionStage<List<InetAddress>> lookup(String host);
}
