package io.httptrace.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.timeline.Timeline;
import io.httptrace.timeline.TraceRecorder;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the request of {@code docs/waterfalls.svg} by one client and records it: a GET by HTTPS to
 * a name that takes a while to be found, of a server that takes its time. Not a test: {@code
 * .ci/waterfalls} runs it for each client.
 */
public final class WaterfallRecording {
  /** So that what is drawn is the request, and not the loading of classes. */
  private static final int WARM_UP = 30;

  private static final int RECORDED = 21;

  private static final String HALF = "0123456789".repeat(100);

  private WaterfallRecording() {}

  /**
   * Records one request: of several, the one that took neither long nor short.
   *
   * @param args the class of the {@link ClientUnderTest}, and the file to write
   */
  public static void main(String... args) throws Exception {
    Constructor<?> constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    ClientUnderTest client = (ClientUnderTest) constructor.newInstance();
    List<Timeline> recorded = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.builder("origin").otherConnections(WaterfallRecording::serve).start()) {
      for (int i = 0; i < WARM_UP; i++) {
        record(client, server.port());
      }
      for (int i = 0; i < RECORDED; i++) {
        recorded.add(record(client, server.port()));
      }
    }
    recorded.sort(Comparator.comparing(Timeline::total));
    Path file = Path.of(args[1]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, TimelineJson.toJson(recorded.get(RECORDED / 2)) + "\n", UTF_8);
    System.exit(0); // Some clients have threads that stay.
  }

  private static void serve(ServerConnection connection) throws Exception {
    connection.pause(Duration.ofMillis(15));
    connection.startTls(ServerTls.with(TestCertificate.GOOD));
    connection.readRequest();
    connection.pause(Duration.ofMillis(60));
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 2 * HALF.length() + "\r\n\r\n" + HALF);
    connection.pause(Duration.ofMillis(30));
    connection.send(HALF);
    connection.awaitPeerClose();
  }

  /** A client of its own for each request, so that it has to dial. */
  private static Timeline record(ClientUnderTest client, int port) throws Exception {
    TraceRecorder recorder = new TraceRecorder();
    Executor later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    ClientSettings settings =
        ClientSettings.builder()
            .sslContext(TestCertificate.trustingContext())
            .names(host -> CompletableFuture.supplyAsync(WaterfallRecording::found, later))
            .build();
    URI uri = URI.create("https://example.test:" + port + "/");
    try (OpenClient open = client.open(settings)) {
      ClientRequest request =
          new ClientRequest("GET", uri, List.of(), null, false, null, List.of(recorder));
      ClientResponse response = open.newCall(request).send();
      try (InputStream body = response.body()) {
        body.readAllBytes();
      }
      while (!recorder.timeline().ended()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    return recorder.timeline();
  }

  private static List<InetAddress> found() {
    return List.of(InetAddress.getLoopbackAddress());
  }
}
