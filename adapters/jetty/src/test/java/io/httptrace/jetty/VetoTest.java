package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ClientTrace;
import io.httptrace.RoundTripOutcome;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A hook that aborts a request when an informational response has come. */
final class VetoTest {
  private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

  private final Clients clients = new Clients();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScriptedServer server =
      ScriptedServer.builder("hints")
          .otherConnections(
              connection -> {
                connection.readRequest();
                connection.send(HINTS);
                connection.awaitPeerClose();
              })
          .start();

  @AfterEach
  void close() {
    clients.close();
    server.close();
    threads.shutdown();
  }

  private static void await(Gate gate) {
    try {
      if (!gate.await(Waiting.LIMIT)) {
        throw new AssertionError("the gate stays shut");
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Jetty's own handler of such responses, which does the rest when a gate is open. */
  private static final class Halting extends EarlyHintsProtocolHandler {
    private final Gate reached;
    private final Gate goOn;

    Halting(Gate reached, Gate goOn) {
      this.reached = reached;
      this.goOn = goOn;
    }

    @Override
    public Response.Listener getResponseListener() {
      Response.Listener own = super.getResponseListener();
      return new Response.Listener() {
        @Override
        public void onSuccess(Response response) {
          reached.open();
          await(goOn);
          own.onSuccess(response);
        }
      };
    }
  }

  /** The exchange counts as complete then: Jetty ignores that it is aborted, and begins it anew. */
  @Test
  void aHookThatThrowsWhileJettyTurnsToTheNextResponseAbortsTheRequest() throws Exception {
    Gate turning = new Gate();
    Gate aborted = new Gate();
    List<Timeline> timelines = new CopyOnWriteArrayList<>();
    IOException no = new IOException("no");
    ClientTrace throwing =
        ClientTrace.builder()
            .got1xxResponse(
                (code, fields) -> {
                  await(turning);
                  throw no;
                })
            .build();
    AtomicReference<Request> sent = new AtomicReference<>();
    HttpClient client = new HttpClient();
    client.setExecutor(
        task ->
            threads.execute(
                () -> {
                  task.run();
                  if (sent.get().getAbortCause() != null) {
                    aborted.open();
                  }
                }));
    sent.set(client.newRequest("http://127.0.0.1:" + server.port() + "/"));
    clients.start(JettyTracing.create().onTimeline(timelines::add).install(client));
    client.getProtocolHandlers().put(new Halting(turning, aborted));

    assertThatThrownBy(() -> Clients.with(sent.get(), throwing).send()).hasCause(no);

    assertThat(timelines).hasSize(1);
    RoundTrip roundTrip = timelines.get(0).roundTrips().get(0);
    assertThat(roundTrip.outcome()).isEqualTo(RoundTripOutcome.FAILED);
    assertThat(roundTrip.error()).isSameAs(no);
  }

  /** What comes while a hook runs is not told, neither to hooks nor to the application. */
  @Test
  void aHookThatThrowsWhenTheResponseIsThereAbortsTheRequest() throws Exception {
    Gate responded = new Gate();
    IOException no = new IOException("no");
    HookNames events = new HookNames();
    ClientTrace throwing =
        ClientTrace.builder()
            .got1xxResponse(
                (code, fields) -> {
                  await(responded);
                  throw no;
                })
            .build();
    try (ScriptedServer hasty =
        ScriptedServer.builder("hasty")
            .otherConnections(
                connection -> {
                  connection.readRequest();
                  connection.send(HINTS + PathServer.hello());
                  connection.awaitPeerClose();
                })
            .start()) {
      HttpClient client = clients.start(JettyTracing.create().clientTrace(r -> events.trace()));
      client
          .getProtocolHandlers()
          .put(
              new ContinueProtocolHandler() {
                @Override
                public boolean accept(Request request, Response response) {
                  if (response.getStatus() == 200) {
                    responded.open();
                  }
                  return super.accept(request, response);
                }
              });

      Request request = client.newRequest("http://127.0.0.1:" + hasty.port() + "/");
      assertThatThrownBy(() -> Clients.with(request, throwing).send()).hasCause(no);
    }

    assertThat(events.names()).doesNotContain("gotResponse").endsWith("roundTripDone");
    Timeline timeline = events.recorder().timeline();
    assertThat(timeline.roundTrips().get(0).outcome()).isEqualTo(RoundTripOutcome.FAILED);
  }
}
