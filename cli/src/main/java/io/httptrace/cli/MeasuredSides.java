package io.httptrace.cli;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.cookies.CookieJar;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.measure.MeasureText;
import io.httptrace.cli.measure.MeasuredSender;
import io.httptrace.cli.measure.Measurement;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.ConnectionOptions;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.CurlOutput.FailOn;
import io.httptrace.cli.options.LoadPlan;
import io.httptrace.cli.options.ProtocolChoice;
import io.httptrace.cli.options.ResolveEntry;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.request.ChosenAddresses;
import io.httptrace.cli.request.Clients;
import io.httptrace.cli.request.Proxies;
import io.httptrace.cli.request.RepeatedRequest;
import io.httptrace.cli.request.Requests;
import io.httptrace.cli.text.HostName;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.Redaction;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sides of a measurement: what is compared, or the only one.
 *
 * @param shell has standard input and the environment
 * @param options what to send
 * @param plan how often
 */
record MeasuredSides(Shell shell, CommandOptions options, LoadPlan plan) {

  /**
   * {@return the sides, each with a client that has to be closed}
   *
   * @param target the URL
   * @param version the version of the command
   * @param cookies keeps the cookies, or null
   * @throws CommandException if the request cannot be sent
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  List<MeasuredSide> open(Target target, String version, @Nullable CookieJar cookies)
      throws CommandException, GeneralSecurityException {
    Payload payload = Payload.of(options.request(), shell.stdin());
    List<MeasuredSide> sides = new ArrayList<>();
    try {
      for (Planned planned : planned(target)) {
        sides.add(open(planned, payload, version, cookies));
      }
      return sides;
    } catch (CommandException | GeneralSecurityException | RuntimeException e) {
      sides.forEach(MeasuredSide::close);
      throw e;
    }
  }

  /** A side that is to be made. */
  private record Planned(String name, Target target, ConnectionOptions connection) {}

  private List<Planned> planned(Target target) throws CommandException {
    ConnectionOptions connection = options.connection();
    return switch (options.measure().comparison().kind()) {
      case NONE -> List.of(new Planned("", target, connection));
      case URLS -> urls(target, connection);
      case ADDRESSES -> addresses(target, connection);
      case PROTOCOLS ->
          List.of(
              new Planned("HTTP/1.1", target, with(connection, ProtocolChoice.HTTP_1_1)),
              new Planned(
                  "HTTP/2",
                  target,
                  with(
                      connection,
                      target.isSecure()
                          ? ProtocolChoice.HTTP_2
                          : ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE)));
    };
  }

  private List<Planned> urls(Target target, ConnectionOptions connection) {
    List<Planned> sides = new ArrayList<>();
    sides.add(new Planned(MeasureText.letter(0), target, connection));
    for (Target other : options.measure().comparison().others()) {
      String name = MeasureText.letter(sides.size());
      sides.add(new Planned(name, other, connection));
    }
    return sides;
  }

  private List<Planned> addresses(Target target, ConnectionOptions connection)
      throws CommandException {
    if (!new Proxies(connection.proxy(), shell.environment()).routes().isEmpty()) {
      throw CommandException.usage("--each-address: a proxy looks up the name by itself");
    }
    String host = HostName.of(target.uri());
    List<Planned> sides = new ArrayList<>();
    for (InetAddress address : addresses(host, target.port(), connection.addresses())) {
      List<ResolveEntry> entries = new ArrayList<>(connection.addresses().resolve());
      entries.add(new ResolveEntry(host.toLowerCase(Locale.ROOT), target.port(), List.of(address)));
      AddressOptions only =
          new AddressOptions(
              connection.addresses().family(), entries, List.of(), connection.addresses().device());
      sides.add(new Planned(address.getHostAddress(), target, with(connection, only)));
    }
    return sides;
  }

  private static List<InetAddress> addresses(String host, int port, AddressOptions options)
      throws CommandException {
    try {
      return new ChosenAddresses(options, port, false, Clients::lookUp)
          .resolve(host)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new CommandException(
          ExitCode.DNS, "--each-address: dns failed: " + Reasons.of(cause == null ? e : cause));
    }
  }

  private static ConnectionOptions with(ConnectionOptions old, ProtocolChoice protocol) {
    return new ConnectionOptions(
        protocol, old.tls(), old.proxy(), old.addresses(), old.connectTimeout(), old.maxTime());
  }

  private static ConnectionOptions with(ConnectionOptions old, AddressOptions addresses) {
    return new ConnectionOptions(
        old.protocol(), old.tls(), old.proxy(), addresses, old.connectTimeout(), old.maxTime());
  }

  private MeasuredSide open(
      Planned planned, Payload payload, String version, @Nullable CookieJar cookies)
      throws CommandException, GeneralSecurityException {
    Target target = planned.target();
    CommandOptions own =
        new CommandOptions(
            target,
            options.request(),
            planned.connection(),
            options.followUps(),
            options.output(),
            options.measure());
    HttpRequest request = Requests.of(own, target.uri(), target.userInfo(), payload, version);
    TracingHttpClientBuilder builder =
        Clients.builder(own, List.of(target), cookies, shell.environment());
    settle(builder, plan);
    TracingHttpClient client = planned.connection().protocol().build(builder);
    Redaction redaction = options.output().redaction();
    MeasuredSender sender =
        new MeasuredSender(
            new RepeatedRequest(client, request, planned.connection().maxTime()),
            new Measurement(),
            options.output().curl().failOn() != FailOn.NO_STATUS,
            redaction);
    String text = options.request().method() + " " + redaction.uri(request.uri());
    return new MeasuredSide(planned.name(), text, client, sender);
  }

  /**
   * Sets how many connections there are: no more than requests at a time, so that each one that is
   * opened is used, and all are kept.
   */
  static void settle(TracingHttpClientBuilder client, LoadPlan plan) {
    if (plan.connections() == LoadPlan.Connections.COLD) {
      client.keepAlive(false);
      return;
    }
    client.maxConnectionsPerHost(plan.concurrency());
    client.maxIdleConnections(0);
    client.maxIdleConnectionsPerHost(plan.concurrency());
  }
}
