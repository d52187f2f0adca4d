package io.httptrace.cli.request;

import io.httptrace.cli.cookies.CookieJar;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandOptions.FollowUpOptions;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.ConnectToEntry;
import io.httptrace.cli.options.ConnectionOptions;
import io.httptrace.cli.options.ConnectionOptions.AddressOptions;
import io.httptrace.cli.options.Target;
import io.httptrace.cli.text.Octets;
import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient.Redirect;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the client for the options. */
public final class Clients {
  private Clients() {}

  /**
   * {@return a client}
   *
   * @param options the options
   * @param targets the targets of the requests
   * @param cookies keeps the cookies, or null
   * @param environment the environment variables
   * @throws CommandException if a file or a proxy that is named cannot be used
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  public static TracingHttpClient of(
      CommandOptions options,
      List<Target> targets,
      @Nullable CookieJar cookies,
      Map<String, String> environment)
      throws CommandException, GeneralSecurityException {
    return options.connection().protocol().build(builder(options, targets, cookies, environment));
  }

  /**
   * {@return a builder with the settings of the options, except for the version of HTTP}
   *
   * @param options the options
   * @param targets the targets of the requests
   * @param cookies keeps the cookies, or null
   * @param environment the environment variables
   * @throws CommandException if a file or a proxy that is named cannot be used
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  public static TracingHttpClientBuilder builder(
      CommandOptions options,
      List<Target> targets,
      @Nullable CookieJar cookies,
      Map<String, String> environment)
      throws CommandException, GeneralSecurityException {
    ConnectionOptions connection = options.connection();
    List<ProxyRoute> proxies = new Proxies(connection.proxy(), environment).routes();
    TracingHttpClientBuilder client = TracingHttpClient.newBuilder();
    boolean otherPorts =
        options.followUps().location()
            || !proxies.isEmpty()
            || targets.size() > 1
            || !connection.addresses().connectTo().isEmpty();
    resolve(client, connection.addresses(), targets.get(0).port(), otherPorts);
    TlsManagers.set(client, connection.tls(), targets.stream().anyMatch(Target::isSecure));
    if (!proxies.isEmpty()) {
      client.proxy(proxies.get(0), proxies.stream().skip(1).toArray(ProxyRoute[]::new));
    }
    connectTo(client, connection.addresses().connectTo(), !proxies.isEmpty());
    String device = connection.addresses().device();
    if (device != null) {
      client.localAddress(LocalEnd.of(device, connection.addresses().family()));
    }
    limit(client, connection.connectTimeout());
    identify(client, options.request());
    followUp(client, options.followUps(), cookies);
    return client;
  }

  /**
   * Sets how responses are handled: redirects, cookies, compression.
   *
   * @param client the builder to set it on
   * @param options the options
   * @param cookies keeps the cookies, or null
   */
  public static void followUp(
      TracingHttpClientBuilder client, FollowUpOptions options, @Nullable CookieJar cookies) {
    client.compression(options.compressed());
    if (options.location()) {
      client.followRedirects(Redirect.ALWAYS);
      client.maxRedirects(options.maxRedirects());
    }
    if (cookies != null) {
      client.cookieHandler(cookies);
    }
  }

  /**
   * Sets the {@code User-Agent}, also for proxies, if the options have one.
   *
   * @param client the builder to set it on
   * @param options the options
   */
  public static void identify(TracingHttpClientBuilder client, RequestOptions options) {
    String userAgent = Requests.userAgent(options);
    if (userAgent != null) {
      client.userAgent(Octets.asField(userAgent));
    }
  }

  private static void resolve(
      TracingHttpClientBuilder client, AddressOptions options, int port, boolean otherPorts) {
    client.resolver(new ChosenAddresses(options, port, otherPorts, Clients::lookUp));
  }

  private static void connectTo(
      TracingHttpClientBuilder client, List<ConnectToEntry> entries, boolean proxied)
      throws CommandException {
    if (entries.isEmpty()) {
      return;
    }
    if (proxied) {
      throw CommandException.usage("--connect-to: not supported with a proxy");
    }
    client.connectTo(target -> ConnectToEntry.destination(entries, target));
  }

  /** Sets the connect timeout; no other limit of the client applies then. */
  private static void limit(TracingHttpClientBuilder client, @Nullable Duration connectTimeout) {
    if (connectTimeout != null) {
      client.connectTimeout(connectTimeout);
      client.tlsHandshakeTimeout(Duration.ZERO);
    }
  }

  /**
   * {@return the addresses of a host} The system's resolver is used, except for names below {@code
   * localhost}.
   *
   * @param host its name
   */
  public static CompletionStage<List<InetAddress>> lookUp(String host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                found.complete(List.of(InetAddress.getAllByName(known(host))));
              } catch (UnknownHostException | RuntimeException e) {
                found.completeExceptionally(e);
              }
            },
            "httptrace-lookup");
    thread.setDaemon(true);
    thread.start();
    return found;
  }

  /** Names below {@code localhost} are {@code localhost} (RFC 6761, section 6.3). */
  private static String known(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".localhost") ? "localhost" : host;
  }
}
