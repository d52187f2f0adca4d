package io.httptrace.benchmarks.peers.httptrace;

import io.httptrace.ClientTrace;
import io.httptrace.benchmarks.peer.NetHttpPeer;
import io.httptrace.benchmarks.peer.PeerConfig;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.timeline.TraceRecorder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This client, as it comes.
 *
 * <p>Options: {@code trace=none}, {@code empty} (a trace that does nothing), {@code recorder} (a
 * recorder of its own for each request) or {@code hooks} (each hook reads the clock and keeps what
 * it says); {@code tls=context} (a context of the JDK's is given to it) or {@code default} (none
 * is: it trusts the server's certificate by the JDK's system properties, and chooses the TLS
 * itself).
 */
public final class HttptracePeer extends NetHttpPeer {
  private static final ClientTrace EMPTY = new ClientTrace() {};

  private final @Nullable Supplier<ClientTrace> trace;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public HttptracePeer(PeerConfig config) throws IOException, GeneralSecurityException {
    super(config, client(config));
    String option = config.option("trace", "none");
    this.trace =
        switch (option) {
          case "none" -> null;
          case "empty" -> () -> EMPTY;
          case "recorder" -> TraceRecorder::new;
          case "hooks" -> StampingTrace::new;
          default -> throw new IllegalArgumentException("trace=" + option);
        };
  }

  private static TracingHttpClient client(PeerConfig config)
      throws IOException, GeneralSecurityException {
    TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();
    builder.version(version(config));
    if (config.tls() && config.option("tls", "context").equals("context")) {
      builder.sslContext(config.sslContext());
    }
    return builder.build();
  }

  @Override
  protected HttpRequest request(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    Supplier<ClientTrace> traces = trace;
    return traces == null ? request : TracedRequest.of(request, traces.get());
  }
}
