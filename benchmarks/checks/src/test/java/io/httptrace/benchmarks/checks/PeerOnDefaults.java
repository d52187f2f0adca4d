package io.httptrace.benchmarks.checks;

import io.httptrace.benchmarks.peer.NetHttpPeer;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.client.TracingHttpClient;

/** A client for a worker's process. */
public final class PeerOnDefaults extends NetHttpPeer {
  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public PeerOnDefaults(PeerConfig config) {
    super(config, TracingHttpClient.newHttpClient());
  }
}
