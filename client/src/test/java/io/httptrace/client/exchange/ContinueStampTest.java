package io.httptrace.client.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.EventStamp;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The wait for 100 Continue begins when the head has been written, however long the hook takes that
 * is told so: what the server says meanwhile comes after that.
 */
class ContinueStampTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  @Test
  void theWaitBeginsWhenTheHeadHasBeenWritten() throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("server")
                .connections(
                    connection -> {
                      var head = connection.readHead();
                      connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                      connection.readBody(head);
                      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                      connection.awaitPeerClose();
                    })
                .start());
    List<Long> stamps = new ArrayList<>();
    ClientTrace trace =
        ClientTrace.builder()
            .wroteHeaders(() -> stamps.add(later(EventStamp.currentNanoTime())))
            .wait100Continue(() -> stamps.add(EventStamp.currentNanoTime()))
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
            .version(Version.HTTP_1_1)
            .expectContinue(true)
            .POST(BodyPublishers.ofString("body"))
            .build();
    try (TracingHttpClient client = TracingHttpClient.newBuilder().build()) {
      client.send(TracedRequest.of(request, trace), BodyHandlers.discarding());
    }

    assertThat(stamps).hasSize(2).containsOnly(stamps.get(0));
  }

  /** {@return the time, when it is over} */
  private static long later(long time) {
    while (System.nanoTime() == time) {
      Thread.onSpinWait();
    }
    return time;
  }
}
