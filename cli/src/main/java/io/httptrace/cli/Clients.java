package io.httptrace.cli;

import io.httptrace.cli.Options.AddressFamily;
import io.httptrace.cli.Options.ConnectionOptions;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    if (!options.resolve().isEmpty() || options.family() != AddressFamily.ANY) {
      client.resolver(
          new ChosenAddresses(options.resolve(), port, options.family(), Clients::lookUp));
    }
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

  /** As the client would do it if it had no resolver of ours. */
  private static CompletionStage<List<InetAddress>> lookUp(String host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                found.complete(List.of(InetAddress.getAllByName(host)));
              } catch (UnknownHostException | RuntimeException e) {
                found.completeExceptionally(e);
              }
            },
            "httptrace-lookup");
    thread.setDaemon(true);
    thread.start();
    return found;
  }
}
