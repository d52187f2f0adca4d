package io.httptrace.client.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Waiting;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Callers come to a connection of HTTP/2 and leave it while others are on it: none is forgotten.
 */
class CallersWhoDriveTest {
  private static final int CALLERS = 6;
  private static final int REQUESTS = 300;

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private ScriptedServer server;
  private TracingHttpClient client;
  private HttpRequest request;

  @BeforeEach
  void start() throws Exception {
    Http2Service service = Http2Service.answering(asked -> Http2Answer.ok("hello"));
    server = guard.watch(ScriptedServer.builder("clear").connections(service.clearText()).start());
    client = TracingHttpClient.newBuilder().http2PriorKnowledge(true).build();
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + server.port() + "/")).build();
  }

  @AfterEach
  void stop() {
    callers.shutdownNow();
    client.close();
    server.close();
  }

  private String send(boolean async) throws Exception {
    return async
        ? client.sendAsync(request, BodyHandlers.ofString()).get().body()
        : client.send(request, BodyHandlers.ofString()).body();
  }

  private void sendByAll(boolean mixed) throws Exception {
    List<Future<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      boolean async = mixed && i % 2 == 0;
      ends.add(
          callers.submit(
              () -> {
                for (int sent = 0; sent < REQUESTS; sent++) {
                  assertThat(send(async)).isEqualTo("hello");
                }
                return REQUESTS;
              }));
    }
    for (Future<Integer> end : ends) {
      assertThat(end.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(REQUESTS);
    }
  }

  @Test
  void callersWhoWait() throws Exception {
    send(false);
    sendByAll(false);

    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void callersOfWhomHalfDoNotWait() throws Exception {
    send(false);
    sendByAll(true);

    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void oneCallerInTurnWithOneWhoDoesNotWait() throws Exception {
    for (int sent = 0; sent < REQUESTS; sent++) {
      assertThat(send(sent % 2 == 0)).isEqualTo("hello");
    }

    assertThat(server.accepted()).isEqualTo(1);
  }
}
