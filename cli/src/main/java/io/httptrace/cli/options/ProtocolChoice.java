package io.httptrace.cli.options;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import java.net.http.HttpClient.Version;

/** The version of HTTP that the client uses. */
public enum ProtocolChoice {
  /** The client's default. */
  ANY,
  /** That of {@code --http1.1}. */
  HTTP_1_1,
  /** That of {@code --http2}. */
  HTTP_2,
  /** That of {@code --http2-prior-knowledge}: HTTP/2 without asking, where there is no TLS. */
  HTTP_2_PRIOR_KNOWLEDGE;

  /**
   * {@return a client that uses it}
   *
   * @param client the builder with all other settings
   */
  public TracingHttpClient build(TracingHttpClientBuilder client) {
    switch (this) {
      case ANY -> {
        // The client knows best.
      }
      case HTTP_1_1 -> client.version(Version.HTTP_1_1);
      case HTTP_2 -> client.version(Version.HTTP_2);
      case HTTP_2_PRIOR_KNOWLEDGE -> client.version(Version.HTTP_2).http2PriorKnowledge(true);
    }
    return client.build();
  }
}
