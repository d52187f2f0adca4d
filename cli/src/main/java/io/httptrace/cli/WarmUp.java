package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.demo.ServerIdentity;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.ConnectionOptions.AddressFamily;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.ProtocolChoice;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.ChosenAddresses;
import io.httptrace.cli.request.Clients;
import io.httptrace.cli.request.RunRequest;
import io.httptrace.cli.text.Printer;
import io.httptrace.client.Resolver;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.timeline.Redaction;
import java.io.IOException;
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
 * Makes requests to a server of our own on loopback, before the one that is shown. A JVM that has
 * just started loads each class when it is first needed, and runs new code slowly; without this,
 * most of the time in the picture would be the JVM's own start.
 *
 * <p>It begins before the command line is parsed, with a guess.
 */
final class WarmUp {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Each has a client and a connection of its own. More of them cost more time than they save. */
  private static final int PLAIN_ROUNDS = 4;

  /** For each kind of certificate. */
  private static final int TLS_ROUNDS = 2;

  private static final DemoPace PACE = DemoPace.hurried();

  private final @Nullable Kind guess;
  private final CompletableFuture<Void> guessed;

  /** The kind of a request: with TLS or not, and the version of HTTP. */
  private record Kind(boolean tls, ProtocolChoice protocol) {}

  private WarmUp(@Nullable Kind guess) {
    this.guess = guess;
    this.guessed =
        guess == null
            ? CompletableFuture.completedFuture(null)
            : inBackground(() -> run(guess.tls(), guess.protocol()));
  }

  /**
   * Begins, if the command line seems to have a URL.
   *
   * @param words the words of the command line
   */
  static WarmUp begin(String... words) {
    List<String> all = Arrays.asList(words);
    boolean tls = all.stream().anyMatch(word -> word.startsWith("https://"));
    boolean plain = all.stream().anyMatch(word -> word.startsWith("http://"));
    return new WarmUp(tls == plain ? null : new Kind(tls, protocol(all)));
  }

  private static ProtocolChoice protocol(List<String> words) {
    if (words.contains("--http1.1")) {
      return ProtocolChoice.HTTP_1_1;
    }
    return words.contains("--http2-prior-knowledge")
        ? ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE
        : ProtocolChoice.ANY;
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
   * Waits until the client is warm for a request.
   *
   * @param tls whether the request uses TLS
   * @param protocol the version of HTTP
   */
  void finish(boolean tls, ProtocolChoice protocol) {
    Kind needed = new Kind(tls, protocol == ProtocolChoice.HTTP_2 ? ProtocolChoice.ANY : protocol);
    guessed.join();
    if (!needed.equals(guess)) {
      run(needed.tls(), needed.protocol());
    }
  }

  /**
   * Makes requests of every kind, to record the classes that they load; also as for a URL of the
   * command line.
   *
   * @param shell where to print
   */
  static void rehearse(Shell shell) {
    run(false, ProtocolChoice.ANY);
    run(true, ProtocolChoice.ANY);
    try (DemoServer server = DemoServer.startPlain(PACE)) {
      new Command(shell, PACE).run("-q", "--noproxy", "*", server.hurriedUri().toString());
    } catch (IOException e) {
      // Then these classes are loaded when they are needed.
    }
  }

  private static void run(boolean tls, ProtocolChoice protocol) {
    if (tls
        || protocol
            == ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE) { // our server has HTTP/2 with TLS only
      CompletableFuture<Void> rsa =
          inBackground(
              () ->
                  onServer(
                      () -> DemoServer.start(ServerIdentity.known("RSA"), PACE, "TLSv1.2"),
                      protocol == ProtocolChoice.ANY ? ProtocolChoice.HTTP_1_1 : protocol,
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

  private static void onServer(Callable<DemoServer> start, ProtocolChoice protocol, int rounds) {
    try (DemoServer server = start.call()) {
      on(server, protocol, rounds);
    } catch (Exception e) {
      // If the failure matters, the request that is shown will report it.
    }
  }

  /**
   * Warms up with requests to a server that is already running.
   *
   * @param server the server
   * @param protocol the version of HTTP
   * @param rounds how many requests
   * @throws CommandException if the client cannot speak it
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  static void on(DemoServer server, ProtocolChoice protocol, int rounds)
      throws CommandException, GeneralSecurityException {
    HttpRequest request = HttpRequest.newBuilder(server.hurriedUri()).build();
    TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();
    Resolver lookup =
        new ChosenAddresses(
            new AddressOptions(AddressFamily.IPV4, List.of()), 0, false, Clients::lookUp);
    // Looks a name up as for any request, but always returns the address of our own server.
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
    screen.waterfall(Redaction.MASK_SECRETS).draw(result.timeline());
  }
}
