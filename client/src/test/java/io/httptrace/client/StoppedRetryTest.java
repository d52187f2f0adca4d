package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A request whose connection was found to be dead, and that is stopped before it is sent once more,
 * fails with what stopped it: why it would have been sent once more is no reason to fail.
 */
class StoppedRetryTest {
  private static final ConnectionScript ANSWERS_ONCE =
      connection -> {
        connection.readRequest();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        connection.readRequest();
        connection.close();
      };

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private ScriptedServer server;
  private TracingHttpClient client;
  private HttpRequest request;

  @BeforeEach
  void useTheConnection() throws Exception {
    server = guard.watch(ScriptedServer.builder("origin").connections(ANSWERS_ONCE).start());
    client = TracingHttpClient.newHttpClient();
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
    client.send(request, BodyHandlers.discarding());
  }

  private HttpRequest stoppedBy(Runnable stop) {
    return TracedRequest.of(
        request, ClientTrace.builder().roundTripDone(info -> stop.run()).build());
  }

  @Test
  void byAnInterrupt() {
    HttpRequest stopped = stoppedBy(() -> Thread.currentThread().interrupt());

    Throwable failure = catchThrowable(() -> client.send(stopped, BodyHandlers.discarding()));

    assertThat(failure).isExactlyInstanceOf(InterruptedException.class);
    end();
  }

  @Test
  void byShutdownNowInSend() {
    HttpRequest stopped = stoppedBy(client::shutdownNow);

    assertStopped(catchThrowable(() -> client.send(stopped, BodyHandlers.discarding())));
    end();
  }

  @Test
  void byShutdownNowInSendAsync() {
    HttpRequest stopped = stoppedBy(client::shutdownNow);

    Throwable failure =
        catchThrowable(
            () ->
                client
                    .sendAsync(stopped, BodyHandlers.discarding())
                    .get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS));

    assertThat(failure).isExactlyInstanceOf(ExecutionException.class);
    assertStopped(failure.getCause());
    end();
  }

  private static void assertStopped(Throwable failure) {
    assertThat(failure).hasMessage("the client has been shut down");
    assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(EOFException.class);
  }

  private void end() {
    client.close();
    assertThat(server.accepted()).isEqualTo(1);
  }
}
