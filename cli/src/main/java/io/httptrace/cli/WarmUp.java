package io.httptrace.cli;

import io.httptrace.cli.ConnectionOptions.AddressFamily;
import io.httptrace.cli.ConnectionOptions.AddressOptions;
import io.httptrace.cli.Options.Color;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.demo.ServerIdentity;
import io.httptrace.client.Resolver;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.timeline.Redaction;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests nobody sees, to a server of our own on loopback, before the one that counts. A JVM
 * that has just started loads each class when it is first needed, and is slow at what it has not
 * done a few times; without this, most of what the picture shows would be the JVM's own start.
 *
 * <p>It begins while the command line is still being read, with what that looks like.
 */
final class WarmUp {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Each is a client and a connection of its own. More of them take longer than they gain. */
  private static final int PLAIN_ROUNDS = 4;

  /** For each kind of certificate. */
  private static final int TLS_ROUNDS = 2;

  private static final DemoPace PACE = DemoPace.hurried();

  private final @Nullable Kind guess;
  private final CompletableFuture<Void> guessed;

  /** What a request takes: TLS or not, and which HTTP. */
  private record Kind(boolean tls, Protocol protocol) {}

  private WarmUp(@Nullable Kind guess) {
    this.guess = guess;
    this.guessed =
        guess == null
            ? CompletableFuture.completedFuture(null)
            : inBackground(() -> run(guess.tls(), guess.protocol()));
  }

  /**
   * Begins, if the command line looks as if there was something to request.
   *
   * @param words of the command line
   */
  static WarmUp begin(String... words) {
    List<String> all = Arrays.asList(words);
    boolean tls = all.stream().anyMatch(word -> word.startsWith("https://"));
    boolean plain = all.stream().anyMatch(word -> word.startsWith("http://"));
    return new WarmUp(tls == plain ? null : new Kind(tls, protocol(all)));
  }

  private static Protocol protocol(List<String> words) {
    if (words.contains("--http1.1")) {
      return Protocol.HTTP_1_1;
    }
    return words.contains("--http2-prior-knowledge")
        ? Protocol.HTTP_2_PRIOR_KNOWLEDGE
        : Protocol.ANY;
  }

  private static CompletableFuture<Void> inBackground(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } finally {
                done.complete(null);
              }
            },
            "httptrace-warm-up");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /**
   * Waits until it is warm enough for a request.
   *
   * @param tls whether it is one over TLS
   * @param protocol which HTTP it is to speak
   */
  void finish(boolean tls, Protocol protocol) {
    Kind needed = new Kind(tls, protocol == Protocol.HTTP_2 ? Protocol.ANY : protocol);
    guessed.join();
    if (!needed.equals(guess)) {
      run(needed.tls(), needed.protocol());
    }
  }

  /** Does all that requests of any kind take, for those who watch which classes that needs. */
  static void rehearse() {
    run(false, Protocol.ANY);
    run(true, Protocol.ANY);
  }

  private static void run(boolean tls, Protocol protocol) {
    if (tls || protocol == Protocol.HTTP_2_PRIOR_KNOWLEDGE) { // our server has it with TLS only
      CompletableFuture<Void> rsa =
          inBackground(
              () ->
                  onServer(
                      () -> DemoServer.start(ServerIdentity.known("RSA"), PACE, "TLSv1.2"),
                      protocol == Protocol.ANY ? Protocol.HTTP_1_1 : protocol,
                      TLS_ROUNDS));
      onServer(
          () -> DemoServer.start(ServerIdentity.known("EC"), PACE, "TLSv1.3"),
          protocol,
          TLS_ROUNDS);
      rsa.join();
    } else {
      onServer(() -> DemoServer.startPlain(PACE), protocol, PLAIN_ROUNDS);
    }
  }

  private static void onServer(Callable<DemoServer> start, Protocol protocol, int rounds) {
    try (DemoServer server = start.call()) {
      on(server, protocol, rounds);
    } catch (Exception e) {
      // Whatever is wrong here will be told by the request that counts, if it matters to it.
    }
  }

  /**
   * Warms up with requests to a server of our own that runs anyway.
   *
   * @param server the server
   * @param protocol which HTTP to speak
   * @param rounds how many requests
   * @throws CommandException if the client cannot speak it
   * @throws GeneralSecurityException if this JDK lacks what TLS takes
   */
  static void on(DemoServer server, Protocol protocol, int rounds)
      throws CommandException, GeneralSecurityException {
    HttpRequest request = HttpRequest.newBuilder(server.hurriedUri()).build();
    TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();
    Resolver lookup =
        new ChosenAddresses(
            new AddressOptions(AddressFamily.IPV4, List.of()), 0, false, Clients::lookUp);
    // Looks a name up as for any request, and then goes to no server but our own.
    builder.resolver(
        host ->
            lookup.resolve(host).handle((found, error) -> List.<InetAddress>of(server.address())));
    server.clientTrust().ifPresent(builder::trustManager);
    for (int i = 0; i < rounds; i++) {
      try (TracingHttpClient client = protocol.build(builder)) {
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
