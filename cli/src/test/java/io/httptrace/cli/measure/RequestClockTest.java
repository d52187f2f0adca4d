package io.httptrace.cli.measure;

import static io.httptrace.conformance.server.ProxyScripts.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.cli.Site;
import io.httptrace.cli.gate.Figure;
import io.httptrace.cli.gate.RequestFigures;
import io.httptrace.client.ProxyRoute;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.TraceRecorder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Its figures are those of the timeline of the same request, to the nanosecond. */
final class RequestClockTest {
  private static final ServerTls GOOD = ServerTls.with(TestCertificate.GOOD);

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .followRedirects(Redirect.ALWAYS)
        .trustManager(TestCertificate.trusting());
  }

  private static Map<Figure, Long> present(RequestFigures figures) {
    Map<Figure, Long> present = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      if (figures.nanos(figure) != RequestFigures.ABSENT) {
        present.put(figure, figures.nanos(figure));
      }
    }
    return present;
  }

  private static RequestClock compared(TracingHttpClient client, String url, Figure... figures) {
    RequestClock clock = new RequestClock();
    TraceRecorder recorder = new TraceRecorder();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    client
        .sendAsync(
            TracedRequest.of(TracedRequest.of(request, recorder), clock), BodyHandlers.discarding())
        .join();

    Map<Figure, Long> own = present(clock.figures(null, System.nanoTime()));
    assertThat(own).isEqualTo(present(RequestFigures.of(recorder.timeline())));
    assertThat(own).containsOnlyKeys(figures);
    return clock;
  }

  @Test
  void aColdRequestAndAWarmOne() {
    try (Site site = Site.of(head -> Site.ok("hello"));
        TracingHttpClient client = client().build()) {
      String url = "http://localhost:" + site.port() + "/";
      RequestClock cold =
          compared(
              client,
              url,
              Figure.DNS,
              Figure.CONNECT,
              Figure.REQUEST,
              Figure.WAIT,
              Figure.RESPONSE,
              Figure.TTFB,
              Figure.TOTAL);
      RequestClock warm =
          compared(
              client, url, Figure.REQUEST, Figure.WAIT, Figure.RESPONSE, Figure.TTFB, Figure.TOTAL);

      assertThat(cold.facts().cold()).isTrue();
      assertThat(cold.facts().status).isEqualTo(200);
      assertThat(cold.facts().content).isEqualTo(5);
      assertThat(warm.facts().cold()).isFalse();
      assertThat(warm.facts().protocol).isEqualTo("HTTP/1.1");
    }
  }

  @Test
  void tls() {
    try (Site site = Site.of(GOOD, head -> Site.ok("hello"));
        TracingHttpClient client = client().build()) {
      compared(
          client,
          site.url("/"),
          Figure.CONNECT,
          Figure.TLS,
          Figure.REQUEST,
          Figure.WAIT,
          Figure.RESPONSE,
          Figure.TTFB,
          Figure.TOTAL);
    }
  }

  @Test
  void aRedirectCountsWithAllItsRoundTrips() {
    try (Site site =
            Site.of(
                head ->
                    head.requestLine().startsWith("GET /a ")
                        ? "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
                        : Site.ok("hello"));
        TracingHttpClient client = client().build()) {
      RequestClock clock =
          compared(
              client,
              site.url("/a"),
              Figure.CONNECT,
              Figure.REQUEST,
              Figure.WAIT,
              Figure.RESPONSE,
              Figure.TTFB,
              Figure.TOTAL);

      assertThat(clock.facts().opened).isEqualTo(1);
      assertThat(clock.facts().reused).isEqualTo(1);
      assertThat(clock.facts().status).isEqualTo(200);
    }
  }

  @Test
  void aRequestThatDialsAndGetsAConnectionThatBecomesFreeIsCold() throws Exception {
    Gate dials = new Gate();
    AtomicInteger accepted = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.builder("one at a time")
                .otherConnections(
                    connection -> {
                      if (accepted.incrementAndGet() > 1) {
                        dials.open();
                        connection.awaitPeerClose(); // no TLS
                        return;
                      }
                      connection.startTls(GOOD);
                      connection.readRequest();
                      assertThat(dials.await(Waiting.LIMIT)).isTrue();
                      connection.send(Site.ok("first"));
                      connection.readRequest();
                      connection.send(Site.ok("second"));
                    })
                .start();
        TracingHttpClient client = client().build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/")).build();
      Gate connected = new Gate();
      RequestClock first = new RequestClock();
      RequestClock second = new RequestClock();
      ClientTrace notice =
          new ClientTrace() {
            @Override
            public void gotConn(GotConnInfo info) {
              connected.open();
            }
          };
      CompletableFuture<?> one =
          client.sendAsync(
              TracedRequest.of(TracedRequest.of(request, first), notice),
              BodyHandlers.discarding());
      assertThat(connected.await(Waiting.LIMIT)).isTrue();
      client.sendAsync(TracedRequest.of(request, second), BodyHandlers.discarding()).join();
      one.join();

      assertThat(List.of(first.facts().opened, first.facts().reused)).containsExactly(1, 0);
      assertThat(List.of(second.facts().opened, second.facts().reused)).containsExactly(0, 1);
      assertThat(second.facts().cold()).isTrue();
      assertThat(present(second.figures(null, System.nanoTime())))
          .doesNotContainKeys(Figure.CONNECT, Figure.TLS);
    }
  }

  @Test
  void aTunnelThroughAProxyWithTls() {
    try (Site site = Site.of(GOOD, head -> Site.ok("hello", Site.CLOSE));
        ScriptedServer proxy =
            ScriptedServer.builder("proxy")
                .connections(
                    connection -> {
                      connection.startTls(GOOD);
                      tunnel(site.server(), null).run(connection);
                    })
                .start();
        TracingHttpClient client =
            client().proxy(ProxyRoute.https("127.0.0.1", proxy.port())).build()) {
      compared(
          client,
          site.url("/"),
          Figure.CONNECT,
          Figure.PROXY_TLS,
          Figure.PROXY,
          Figure.TLS,
          Figure.REQUEST,
          Figure.WAIT,
          Figure.RESPONSE,
          Figure.TTFB,
          Figure.TOTAL);
    }
  }

  @Test
  void aRequestThatFailsSaysInWhichPhase() {
    assertThat(failedPhase(connection -> connection.readRequest())).isEqualTo(PhaseKind.WAIT);
    assertThat(
            failedPhase(
                connection -> {
                  connection.readRequest();
                  connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\na");
                }))
        .isEqualTo(PhaseKind.RESPONSE);
  }

  private static @Nullable PhaseKind failedPhase(ConnectionScript script) {
    RequestClock clock = new RequestClock();
    try (ScriptedServer server =
            ScriptedServer.builder("failing")
                .connections(
                    connection -> {
                      script.run(connection);
                      connection.close();
                    })
                .start();
        TracingHttpClient client = client().build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
      client.sendAsync(TracedRequest.of(request, clock), BodyHandlers.discarding()).join();
      throw new AssertionError("it did not fail");
    } catch (CompletionException e) {
      return clock.failedPhase();
    }
  }

  @Test
  void aDialThatWasNotNeededDoesNotCount() throws Exception {
    RequestClock clock = new RequestClock();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    RoundTripStartInfo start =
        RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", URI.create("http://a.test/"));
    EventStamp.of(100, 1, 0).run(() -> clock.roundTripStart(start));
    EventStamp.of(110, 1, 0).run(() -> clock.connWaitStart(ConnWaitReason.HOST_LIMIT));
    EventStamp.of(120, 1, 8).run(() -> clock.dnsStart(DnsStartInfo.of("a.test")));
    EventStamp.of(130, 1, 8).run(() -> clock.dnsDone(DnsDoneInfo.of(List.of(), null, false)));
    EventStamp.of(140, 1, 8).run(() -> clock.connectStart("tcp", address));
    GotConnInfo other =
        GotConnInfo.of(
            ConnectionInfo.of(7, address, address, "HTTP/1.1", null, 3),
            true,
            false,
            Duration.ZERO);
    EventStamp.of(150, 1, 7).run(() -> clock.gotConn(other));

    assertThat(clock.failedPhase()).isEqualTo(PhaseKind.REQUEST);
    assertThat(clock.facts().cold()).isTrue();
    assertThat(present(clock.figures(90L, 200)))
        .containsOnly(Map.entry(Figure.LATE, 10L), Map.entry(Figure.TOTAL, 110L));
  }
}
