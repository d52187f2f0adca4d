package io.httptrace.cli;

import io.httptrace.cli.Options.ConnectionOptions;
import io.httptrace.client.Resolver;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the client the options ask for. */
final class Clients {
  private Clients() {}

  /**
   * {@return a client}
   *
   * @param options how to get to the server
   * @param port the port of the URL
   * @throws CommandException if the file of trusted certificates cannot be used
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  static TracingHttpClient of(ConnectionOptions options, int port)
      throws CommandException, GeneralSecurityException {
    TracingHttpClientBuilder client = TracingHttpClient.newBuilder();
    client.resolver(
        new ChosenAddresses(options.resolve(), port, options.family(), Resolver.system()));
    Path certificates = options.caCertificates();
    if (options.insecure()) {
      client.sslContext(Trust.anyone());
    } else if (certificates != null) {
      client.sslContext(Trust.certificatesIn(certificates));
    }
    limit(client, options.connectTimeout());
    return client.build();
  }

  /** What the user allows is the only limit then. */
  private static void limit(TracingHttpClientBuilder client, @Nullable Duration connectTimeout) {
    if (connectTimeout != null) {
      client.connectTimeout(connectTimeout);
      client.tlsHandshakeTimeout(Duration.ZERO);
    }
  }
}
