package io.httptrace.benchmarks.peers.plain;

import io.httptrace.benchmarks.peer.NetHttpPeer;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;

/** The JDK's own client. */
public final class JdkPeer extends NetHttpPeer {
  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public JdkPeer(PeerConfig config) throws IOException, GeneralSecurityException {
    super(config, client(config));
  }

  private static HttpClient client(PeerConfig config) throws IOException, GeneralSecurityException {
    HttpClient.Builder builder = HttpClient.newBuilder().version(version(config));
    if (config.tls()) {
      builder.sslContext(config.sslContext());
    }
    return builder.build();
  }
}
