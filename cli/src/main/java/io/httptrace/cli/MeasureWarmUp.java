package io.httptrace.cli;

import io.httptrace.cli.demo.DemoPace;
import io.httptrace.cli.demo.DemoServer;
import io.httptrace.cli.demo.ServerIdentity;
import io.httptrace.cli.measure.LoadRun;
import io.httptrace.cli.measure.MeasuredSender;
import io.httptrace.cli.measure.Measurement;
import io.httptrace.cli.measure.SystemTimer;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.ProtocolChoice;
import io.httptrace.cli.request.RepeatedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.timeline.Redaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Makes many requests to a server of our own on loopback before many are measured: the JVM compiles
 * the code that it runs often, and until it has, each request takes longer. The server that is
 * measured gets no request more than was asked for.
 */
final class MeasureWarmUp {
  /** For each request that will be measured. */
  private static final int REQUESTS_FOR_ONE = 30;

  private static final long MOST_REQUESTS = 30_000;

  /** Each leaves a connection behind that the system remembers for a while. */
  private static final long MOST_COLD_REQUESTS = 3_000;

  private static final Duration LONGEST = Duration.ofMillis(2500);
  private static final int MOST_AT_A_TIME = 64;

  private MeasureWarmUp() {}

  /**
   * Warms up.
   *
   * @param tls whether TLS will be used
   * @param protocol the version of HTTP
   * @param plan how many requests will be measured
   */
  static void run(boolean tls, ProtocolChoice protocol, LoadPlan plan) {
    long most =
        plan.connections() == LoadPlan.Connections.COLD ? MOST_COLD_REQUESTS : MOST_REQUESTS;
    long requests = Math.min(most / REQUESTS_FOR_ONE, plan.requests()) * REQUESTS_FOR_ONE;
    LoadPlan own =
        new LoadPlan(
            requests, LONGEST, Math.min(MOST_AT_A_TIME, plan.concurrency()), 0, plan.connections());
    boolean secure = tls || protocol == ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE;
    try (DemoServer server =
        secure
            ? DemoServer.start(ServerIdentity.known("EC"), DemoPace.hurried(), "TLSv1.3")
            : DemoServer.startPlain(DemoPace.hurried())) {
      on(server, protocol, own);
    } catch (IOException | GeneralSecurityException e) {
      // Without it the first requests take a little longer.
    }
  }

  private static void on(DemoServer server, ProtocolChoice protocol, LoadPlan plan)
      throws GeneralSecurityException {
    TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();
    builder.resolver(
        host -> CompletableFuture.completedFuture(List.<InetAddress>of(server.address())));
    server.clientTrust().ifPresent(builder::trustManager);
    MeasuredSides.settle(builder, plan);
    HttpRequest request = HttpRequest.newBuilder(server.hurriedUri()).build();
    TracingHttpClient client = protocol.build(builder);
    try (SystemTimer timer = new SystemTimer()) {
      MeasuredSender sender =
          new MeasuredSender(
              new RepeatedRequest(client, request, null),
              new Measurement(),
              false,
              Redaction.MASK_SECRETS);
      new LoadRun(plan, timer, (number, due) -> sender.send(null)).start().join();
    } finally {
      client.shutdownNow();
    }
  }
}
