package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that another thread takes from the queue, and brings to their end, before Jetty says to
 * the adapter that they are queued.
 */
final class TakenFirstTest {
  private static final List<String> ONE =
      List.of(
          "roundTripStart",
          "getConn",
          "gotConn",
          "wroteHeaderField",
          "wroteHeaders",
          "wroteRequest",
          "gotFirstResponseByte",
          "gotResponse",
          "putIdleConn",
          "roundTripDone");

  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();
  private final HookNames events = new HookNames();
  private final List<Timeline> timelines = new CopyOnWriteArrayList<>();
  private final Gate ended = new Gate();

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  private HttpClient client() throws Exception {
    return clients.start(
        JettyTracing.create()
            .onTimeline(
                timeline -> {
                  timelines.add(timeline);
                  ended.open();
                }));
  }

  /** The listener of a request is told that it is queued before the one of the client is. */
  private Request takenFirst(HttpClient client, String path) {
    Gate answered = new Gate();
    return client
        .newRequest(site.url(path))
        .onComplete(result -> answered.open())
        .onRequestQueued(
            queued -> {
              // Any thread sends what is queued: this one does, which Jetty does not wait for.
              ((HttpDestination) client.resolveDestination(queued)).send();
              try {
                assertThat(answered.await(Waiting.LIMIT)).isTrue();
              } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
              }
            });
  }

  private static List<String> twice(List<String> names) {
    List<String> twice = new ArrayList<>(names);
    twice.addAll(names);
    return twice;
  }

  /** Jetty has told the application itself, so hooks need not be over when it knows. */
  private void awaitEnd() throws InterruptedException {
    assertThat(ended.await(Waiting.LIMIT)).isTrue();
    assertThat(timelines).hasSize(1).allMatch(Timeline::ended);
  }

  @Test
  void isToldToItsEnd() throws Exception {
    Clients.with(takenFirst(client(), "/ok"), events.trace()).send();

    awaitEnd();
    assertThat(events.names()).isEqualTo(ONE);
  }

  @Test
  void isToldWhereItWasSent() throws Exception {
    Request request = takenFirst(client(), "/ok");
    TraceContext.current().withClientTrace(events.trace()).call(request::send);

    awaitEnd();
    assertThat(events.names()).isEqualTo(ONE);
  }

  @Test
  void isToldWithTheRequestThatFollowsFromIt() throws Exception {
    Clients.with(takenFirst(client(), "/redirect"), events.trace()).send();

    awaitEnd();
    assertThat(events.names()).isEqualTo(twice(ONE));
    assertThat(timelines.get(0).roundTrips()).hasSize(2);
  }

  /** One of Jetty's handlers passes the response on: it has no credentials. */
  @Test
  void isToldToItsEndWhenAHandlerLooksAtTheResponse() throws Exception {
    Clients.with(takenFirst(client(), "/secret"), events.trace()).send();

    awaitEnd();
    assertThat(events.names()).isEqualTo(ONE);
  }

  @Test
  void isNotTracedIfNobodyListens() throws Exception {
    ClientTrace other = ClientTrace.builder().roundTripDone(info -> ended.open()).build();
    HttpClient client = clients.start(JettyTracing.create());

    assertThat(takenFirst(client, "/redirect").send().getStatus()).isEqualTo(200);
    Clients.with(client.newRequest(site.url("/ok")), other).send();

    assertThat(ended.await(Waiting.LIMIT)).isTrue();
    assertThat(client.getBean(JettyInstallation.class).waiting()).isZero();
  }
}
