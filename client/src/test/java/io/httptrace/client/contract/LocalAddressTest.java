package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Where connections are made from. */
final class LocalAddressTest extends Contract {
  private static final InetAddress LOCAL = address("127.0.0.2");
  private final List<InetAddress> from = new CopyOnWriteArrayList<>();

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  private ScriptedServer server() {
    return answer(ok("fine"));
  }

  private TracingHttpClientBuilder noting() {
    return TracingHttpClient.newBuilder().clientTrace(request -> trace());
  }

  private ClientTrace trace() {
    return ClientTrace.builder().gotConn(info -> from.add(localOf(info))).build();
  }

  private static InetAddress localOf(GotConnInfo info) {
    ConnectionInfo connection = info.connection();
    return ((InetSocketAddress) connection.localAddress()).getAddress();
  }

  private static void get(HttpClient client, URI uri) throws Exception {
    assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
        .isEqualTo("fine");
  }

  @Test
  void connectionsAreMadeFromIt() throws Exception {
    try (TracingHttpClient client = noting().localAddress(LOCAL).build()) {
      get(client, uri(server(), "/"));
    }
    assertThat(from).containsExactly(LOCAL);
  }

  @Test
  void connectionsToProxiesAreMadeFromItToo() throws Exception {
    ProxyRoute route = ProxyRoute.http("127.0.0.1", server().port());
    try (TracingHttpClient client = noting().localAddress(LOCAL).proxy(route).build()) {
      get(client, URI.create("http://one.test/"));
    }
    assertThat(from).containsExactly(LOCAL);
  }

  @Test
  void nullLeavesTheChoiceToTheSystem() throws Exception {
    try (TracingHttpClient client = noting().localAddress(LOCAL).localAddress(null).build()) {
      get(client, uri(server(), "/"));
    }
    assertThat(from).containsExactly(address("127.0.0.1"));
  }

  @Test
  void addressesOfTheOtherFamilyArePassedOver() throws Exception {
    ScriptedServer server = server();
    URI uri = URI.create("http://both.test:" + server.port() + "/");
    try (TracingHttpClient client =
        noting()
            .localAddress(LOCAL)
            .resolver(
                host ->
                    CompletableFuture.completedFuture(
                        List.of(address("::1"), address("127.0.0.1"))))
            .build()) {
      get(client, uri);
    }
    assertThat(from).containsExactly(LOCAL);
  }

  @Test
  void targetOfTheOtherFamilyIsSaidToBeOne() {
    ScriptedServer server = server();
    HttpClient client =
        client(
            Subject.HTTPTRACE,
            builder -> ((TracingHttpClientBuilder) builder).localAddress(address("::1")));
    assertThat(failureOfSend(client, get(server), BodyHandlers.discarding()))
        .isExactlyInstanceOf(ConnectException.class)
        .hasMessage(
            "connect: cannot connect from the local address 0:0:0:0:0:0:0:1 to 127.0.0.1:"
                + server.port()
                + ": one is IPv4, the other IPv6");
  }

  /** The method the JDK's builder has since JDK 19. */
  private static HttpClient.Builder from(HttpClient.Builder builder, InetAddress local) {
    try {
      return (HttpClient.Builder)
          HttpClient.Builder.class
              .getMethod("localAddress", InetAddress.class)
              .invoke(builder, local);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static HttpClient.Builder set(
      Subject subject, HttpClient.Builder builder, InetAddress local) {
    return Runtime.version().feature() < 21 && subject == Subject.HTTPTRACE
        ? ((TracingHttpClientBuilder) builder).localAddress(local)
        : from(builder, local);
  }

  @BothClientsOfJdk21
  void addressThatCannotBeBoundFailsTheRequest(Subject subject) {
    HttpClient client = client(subject, builder -> set(subject, builder, address("203.0.113.1")));
    assertFails(client, get(server()), BodyHandlers.discarding(), ConnectException.class);
  }

  @BothClientsOfJdk21
  void targetOfTheOtherFamilyFails(Subject subject) {
    HttpClient client = client(subject, builder -> set(subject, builder, address("::1")));
    assertFails(client, get(server()), BodyHandlers.discarding(), ConnectException.class);
  }

  @BothClientsOfJdk21
  void connectionIsMadeFromItByBoth(Subject subject) throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ScriptedServer server =
        serveAlways(
            connection -> {
              seen.add(connection.toString());
              connection.readRequest();
              connection.send(ok("fine"));
            });
    get(client(subject, builder -> set(subject, builder, LOCAL)), uri(server, "/"));
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0)).contains("/127.0.0.2:");
  }
}
