package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which hooks are called, and in which order. */
final class EventOrderTest {
  private static final List<String> DIALLED =
      List.of("roundTripStart", "getConn", "connectStart", "connectDone", "gotConn");
  private static final List<String> REUSED = List.of("roundTripStart", "getConn", "gotConn");
  private static final List<String> WRITTEN =
      List.of(
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse");
  private static final List<String> PUT_BACK = List.of("putIdleConn", "roundTripDone");

  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();
  private final HookNames events = new HookNames();
  private final HttpClient client = JettyTracing.create().install(new HttpClient());

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  private Request request(String url) throws Exception {
    if (!client.isStarted()) {
      clients.start(client);
    }
    return Clients.with(client.newRequest(url), events.trace());
  }

  private void get(String path) throws Exception {
    request(site.url(path)).send();
  }

  @SafeVarargs
  private static List<String> all(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  @Test
  void aColdRequestThenOneThatReuses() throws Exception {
    get("/ok");
    get("/ok");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WRITTEN, PUT_BACK, REUSED, WRITTEN, PUT_BACK));
  }

  @Test
  void aBodyIsWrittenAfterTheHead() throws Exception {
    request(site.url("/ok"))
        .method(HttpMethod.POST)
        .body(new BytesRequestContent(new byte[3]))
        .send();

    assertThat(events.names()).isEqualTo(all(DIALLED, WRITTEN, PUT_BACK));
  }

  @Test
  void aRedirectToTheSameHostTakesTheConnectionAgain() throws Exception {
    get("/redirect");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WRITTEN, PUT_BACK, REUSED, WRITTEN, PUT_BACK));
  }

  @Test
  void aRedirectElsewhereDials() throws Exception {
    try (PathServer other = new PathServer()) {
      site.elsewhere(other.url("/ok"));
      get("/elsewhere");
      client.stop();
    }

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WRITTEN, PUT_BACK, DIALLED, WRITTEN, PUT_BACK));
  }

  @Test
  void credentialsAreAnotherRoundTrip() throws Exception {
    client
        .getAuthenticationStore()
        .addAuthentication(
            new BasicAuthentication(URI.create(site.url("/secret")), "a", "user", "password"));
    assertThat(request(site.url("/secret")).send().getStatus()).isEqualTo(200);

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WRITTEN, PUT_BACK, REUSED, WRITTEN, PUT_BACK));
  }

  @Test
  void withoutCredentialsA401IsTheResponse() throws Exception {
    assertThat(request(site.url("/secret")).send().getStatus()).isEqualTo(401);

    assertThat(events.names()).isEqualTo(all(DIALLED, WRITTEN, PUT_BACK));
    assertThat(events.recorder().timeline().ended()).isTrue();
  }

  @Test
  void redirectsWithoutAnEndAreAFailure() throws Exception {
    client.setMaxRedirects(1);
    site.elsewhere(site.url("/elsewhere"));

    assertThatThrownBy(() -> get("/elsewhere")).hasMessageContaining("Max redirects exceeded");

    assertThat(events.names())
        .isEqualTo(all(DIALLED, WRITTEN, PUT_BACK, REUSED, WRITTEN, PUT_BACK));
  }

  @Test
  void withStrictOrderingAConnectionIsPutBackUnseen() throws Exception {
    client.setStrictEventOrdering(true);
    get("/ok");

    assertThat(events.names()).isEqualTo(all(DIALLED, WRITTEN, List.of("roundTripDone")));
  }

  @Test
  void aNameIsLookedUp() throws Exception {
    request("http://localhost:" + site.port() + "/ok").send();

    assertThat(events.names())
        .startsWith("roundTripStart", "getConn", "dnsStart", "dnsDone", "connectStart");
  }

  @Test
  void aRefusedConnectionIsToldOnce() throws Exception {
    String url = "http://127.0.0.1:" + closedPort();
    assertThatThrownBy(() -> request(url).send()).hasCauseInstanceOf(IOException.class);

    assertThat(events.names())
        .containsExactly(
            "roundTripStart", "getConn", "connectStart", "connectDone", "roundTripDone");
  }

  @Test
  void addressesAreTriedOneAfterTheOther() throws Exception {
    int closed = closedPort();
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    List<String> told = new CopyOnWriteArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .connectStart((network, address) -> told.add("start " + address))
            .connectDone((network, address, e) -> told.add("done " + address + " " + (e == null)))
            .build();
    client.setSocketAddressResolver(
        (host, port, context, promise) ->
            promise.succeeded(
                List.of(
                    new InetSocketAddress(loopback, closed),
                    new InetSocketAddress(loopback, site.port()))));
    clients.start(client);
    Clients.with(client.newRequest("http://two.test/ok"), trace).send();

    assertThat(told)
        .containsExactly(
            "start /127.0.0.1:" + closed,
            "done /127.0.0.1:" + closed + " false",
            "start /127.0.0.1:" + site.port(),
            "done /127.0.0.1:" + site.port() + " true");
  }

  /** Jetty gives a connection to the request that has waited longest. */
  @Test
  void aConnectionThatWasDialledForAnotherRequestIsNew() throws Exception {
    CompletableFuture<Runnable> first = new CompletableFuture<>();
    client.setSocketAddressResolver(
        (host, port, context, promise) -> {
          InetAddress loopback = InetAddress.getLoopbackAddress();
          Runnable found =
              () -> promise.succeeded(List.of(new InetSocketAddress(loopback, site.port())));
          if (!first.complete(found)) {
            found.run();
          }
        });
    clients.start(client);
    List<Boolean> reused = new CopyOnWriteArrayList<>();
    ClientTrace noting = ClientTrace.builder().gotConn(info -> reused.add(info.reused())).build();
    String url = "http://late.test/ok";

    CompletableFuture<?> waiting =
        new CompletableResponseListener(Clients.with(client.newRequest(url), noting)).send();
    Runnable lookup = first.join();
    CompletableFuture<?> dialling = new CompletableResponseListener(request(url)).send();
    waiting.join();
    lookup.run();
    dialling.join();

    assertThat(reused).containsExactly(false);
  }

  @Test
  void withoutAlpnTheConnectionIsGotWhenTlsIsReady() throws Exception {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    tls.setSslContext(TestCertificate.trustingContext());
    client.setSslContextFactory(tls);
    InetAddress named = InetAddress.getByAddress("example.test", new byte[] {127, 0, 0, 1});
    client.setSocketAddressResolver(
        (host, port, context, promise) ->
            promise.succeeded(List.of(new InetSocketAddress(named, port))));
    try (ScriptedServer server =
        ScriptedServer.builder("tls")
            .otherConnections(
                connection -> {
                  connection.startTls(ServerTls.with(TestCertificate.GOOD));
                  connection.readRequest();
                  connection.send(PathServer.hello());
                  connection.awaitPeerClose();
                })
            .start()) {
      request("https://example.test:" + server.port()).send();
      client.stop();
    }

    assertThat(events.names())
        .containsSubsequence(
            "connectDone", "tlsHandshakeStart", "tlsHandshakeDone", "gotConn", "wroteHeaders");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0)) {
      return closed.getLocalPort();
    }
  }
}
