package io.httptrace.cli;

import io.httptrace.cli.Options.Color;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.timeline.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Makes requests nobody sees, to the embedded server, before the one that counts. A JVM that has
 * just started loads each class when it is first needed; without this, most of what the picture
 * shows for connect and tls would be the JVM's own start.
 */
final class WarmUp {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** One on a new connection, which loads nearly everything, and one out of the pool. */
  private static final int REQUESTS = 2;

  private WarmUp() {}

  /**
   * Warms up for a request. If that does not work, the request is merely slower.
   *
   * @param tls whether it is one over TLS
   * @param protocol which HTTP it is to speak
   */
  static void run(boolean tls, Protocol protocol) {
    DemoPace pace = DemoPace.hurried();
    try (DemoServer server = tls ? DemoServer.start(pace) : DemoServer.startPlain(pace)) {
      on(server, protocol);
    } catch (CommandException | IOException | GeneralSecurityException | RuntimeException e) {
      // Whatever is wrong here will be told by the request that counts, if it matters to it.
    }
  }

  /**
   * Warms up with requests to a server that runs anyway.
   *
   * @param server the server
   * @param protocol which HTTP to speak
   * @throws CommandException if the client cannot speak it
   * @throws GeneralSecurityException if this JDK lacks what TLS takes
   */
  static void on(DemoServer server, Protocol protocol)
      throws CommandException, GeneralSecurityException {
    try (TracingHttpClient client = protocol.build(DemoRun.client(server, Duration.ZERO))) {
      HttpRequest request = HttpRequest.newBuilder(server.hurriedUri()).build();
      for (int i = 0; i < REQUESTS; i++) {
        request(client, request);
      }
    }
  }

  private static void request(TracingHttpClient client, HttpRequest request) {
    Printer nowhere = new Printer(OutputStream.nullOutputStream());
    BodyOutput body = BodyOutput.to(null, nowhere, false);
    RunRequest.Result result =
        new RunRequest(client, request, body, LIMIT, new CompletableFuture<>())
            .run(new EventPrinter(nowhere, Redaction.MASK_SECRETS));
    Screen screen = Screen.of(false, Color.NEVER, Map.of());
    new WaterfallRenderer(screen, Redaction.MASK_SECRETS).render(result.timeline(), Duration.ZERO);
  }
}
