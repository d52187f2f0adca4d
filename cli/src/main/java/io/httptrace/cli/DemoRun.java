package io.httptrace.cli;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.cookies.CookieJar;
import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Clients;
import io.httptrace.cli.request.Requests;
import io.httptrace.cli.request.RunRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends two requests to the embedded server: on a new connection, and on that connection from the
 * pool. With redirects it sends one request, which is redirected and so shows both.
 *
 * @param shell where to print
 * @param pace how long the server takes
 */
record DemoRun(Shell shell, DemoPace pace) {

  /**
   * {@return the exit code}
   *
   * @param options what to send and what to show
   * @param version the version of the command
   * @throws CommandException if the request cannot be sent
   * @throws IOException if the server cannot start
   * @throws GeneralSecurityException if no certificate can be made
   */
  ExitCode run(CommandOptions options, String version)
      throws CommandException, IOException, GeneralSecurityException {
    Payload payload = Payload.of(options.request(), shell.stdin());
    CookieStore cookies = CookieStore.open(options.followUps().cookies(), shell);
    try (DemoServer server = DemoServer.start(pace);
        TracingHttpClient client = client(options, server, cookies.jar())) {
      WarmUp.on(server, options.connection().protocol(), 2);
      boolean location = options.followUps().location();
      URI uri = location ? server.redirectUri() : server.uri();
      HttpRequest request = Requests.of(options, uri, null, payload, version);
      return cookies.save(
          shell, location ? once(options, client, request) : twice(options, client, request));
    }
  }

  private ExitCode once(CommandOptions options, TracingHttpClient client, HttpRequest request) {
    RequestReport report = new RequestReport(shell, List.of(options));
    report.title("Redirected: first on a new connection, then on the same one");
    return report.end(round(options, client, request, report, Duration.ZERO).exitCode());
  }

  private ExitCode twice(CommandOptions options, TracingHttpClient client, HttpRequest request) {
    RequestReport report = new RequestReport(shell, List.of(options));
    report.title("Cold: on a new connection");
    Round cold = round(options, client, request, report, Duration.ZERO);
    if (cold.exitCode() != ExitCode.OK) {
      return report.end(cold.exitCode());
    }
    report.gap();
    report.title("Pooled: on the same connection, at the same scale");
    return report.end(round(options, client, request, report, cold.length()).exitCode());
  }

  /** How a request went, and how long it took. */
  private record Round(ExitCode exitCode, Duration length) {}

  private Round round(
      CommandOptions options,
      TracingHttpClient client,
      HttpRequest request,
      RequestReport report,
      Duration length) {
    BodyOutput body = BodyOutput.of(options.output(), shell.stdout(), shell.stdoutIsTerminal());
    RunRequest run =
        new RunRequest(client, request, body, options.connection().maxTime(), shell.outputFailed());
    RunRequest.Result result = run.run(report.listener());
    Duration total = result.timeline().total();
    ExitCode exitCode = report.show(result, body, length);
    report.writeOut(result, body, options, 0);
    return new Round(exitCode, total == null ? Duration.ZERO : total);
  }

  private TracingHttpClient client(
      CommandOptions options, DemoServer server, @Nullable CookieJar cookies)
      throws CommandException, GeneralSecurityException {
    TracingHttpClientBuilder client = client(server, pace.lookup());
    Clients.followUp(client, options.followUps(), cookies);
    Clients.identify(client, options.request());
    return options.connection().protocol().build(client);
  }

  /** {@return a client that knows the server's name and trusts its certificate} */
  static TracingHttpClientBuilder client(DemoServer server, Duration lookup)
      throws GeneralSecurityException {
    TracingHttpClientBuilder client =
        TracingHttpClient.newBuilder().resolver(host -> lookUp(host, server, lookup));
    server.clientTrust().ifPresent(client::trustManager);
    return client;
  }

  /** Only this resolver knows the name. It takes some time, like a real one. */
  private static CompletionStage<List<InetAddress>> lookUp(
      String host, DemoServer server, Duration time) {
    if (!host.equals(DemoServer.HOST)) {
      return CompletableFuture.failedFuture(new UnknownHostException(host));
    }
    return CompletableFuture.supplyAsync(
        () -> List.of(server.address()),
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
  }
}
