package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Shutting down, as JDK 21 defined it; with an older JDK there is only our client to look at. */
final class LifecycleTest extends Contract {
  private final Gate requested = new Gate();
  private final Gate answer = new Gate();

  /** A server that answers when it is told to. */
  private ScriptedServer held() {
    return serveAlways(
        connection -> {
          connection.readRequest();
          requested.open();
          connection.await(answer);
          connection.send(ok("abc"));
        });
  }

  /** A server that sends half of a body, and the other half when it is told to. */
  private ScriptedServer halfway() {
    return serveAlways(
        connection -> {
          connection.readRequest();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
          requested.open();
          connection.await(answer);
          connection.send("def");
        });
  }

  @BothClientsOfJdk21
  void aClientThatWasNeverUsedTerminates(Subject subject) throws Exception {
    Lifecycle client = Lifecycle.of(client(subject));
    assertThat(client.isTerminated()).isFalse();

    client.shutdown();

    assertThat(client.awaitTermination(SOON)).isTrue();
    assertThat(client.isTerminated()).isTrue();
  }

  @BothClientsOfJdk21
  void shutdownLetsRequestsEndAndTakesNoMore(Subject subject) throws Exception {
    HttpClient client = client(subject);
    ScriptedServer server = held();
    var underWay = client.sendAsync(get(server), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();

    Lifecycle.of(client).shutdown();

    assertThat(Lifecycle.of(client).isTerminated()).isFalse();
    assertThat(Lifecycle.of(client).awaitTermination(Duration.ofMillis(50))).isFalse();
    assertFails(client, get(server), BodyHandlers.ofString(), IOException.class);
    answer.open();
    assertThat(soon(underWay).body()).isEqualTo("abc");
    assertThat(Lifecycle.of(client).awaitTermination(SOON)).isTrue();
  }

  @BothClientsOfJdk21
  void aBodyThatIsStreamedIsReadToItsEndAfterAShutdown(Subject subject) throws Exception {
    HttpClient client = client(subject);
    HttpResponse<InputStream> response = client.send(get(halfway()), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      Lifecycle.of(client).shutdown();
      assertThat(Lifecycle.of(client).awaitTermination(Duration.ofMillis(50))).isFalse();
      answer.open();

      assertThat(body.readAllBytes()).hasSize(6);
    }
    assertThat(Lifecycle.of(client).awaitTermination(SOON)).isTrue();
  }

  @BothClientsOfJdk21
  void aBodyThatIsGivenUpEndsTheClientToo(Subject subject) throws Exception {
    HttpClient client = client(subject);
    HttpResponse<InputStream> response = client.send(get(halfway()), BodyHandlers.ofInputStream());
    Lifecycle.of(client).shutdown();

    response.body().close();

    assertThat(Lifecycle.of(client).awaitTermination(SOON)).isTrue();
  }

  @BothClientsOfJdk21
  void shutdownNowAbortsRequests(Subject subject) throws Exception {
    HttpClient client = client(subject);
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              requested.open();
              connection.awaitPeerClose();
            });
    // A GET might be repeated by the JDK's client, on a connection the server does not expect.
    var post = java.net.http.HttpRequest.newBuilder(get(server).uri());
    post.POST(java.net.http.HttpRequest.BodyPublishers.noBody());
    var underWay = client.sendAsync(post.build(), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();

    Lifecycle.of(client).shutdownNow();

    assertThat(jdkType(failure(underWay))).isEqualTo(IOException.class);
    assertThat(Lifecycle.of(client).awaitTermination(SOON)).isTrue();
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClientsOfJdk21
  void shutdownNowAbortsABodyThatIsStreamed(Subject subject) throws Exception {
    HttpClient client = client(subject);
    try (InputStream body = client.send(get(halfway()), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.readNBytes(3)).hasSize(3);

      Lifecycle.of(client).shutdownNow();

      assertThat(catchThrowable(body::read)).isInstanceOf(IOException.class);
    }
    assertThat(Lifecycle.of(client).awaitTermination(SOON)).isTrue();
  }

  @BothClientsOfJdk21
  void closeWaitsForRequests(Subject subject) throws Exception {
    HttpClient client = client(subject);
    var underWay = client.sendAsync(get(held()), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              Lifecycle.of(client).close();
              // The JDK's client completes the future when it no longer counts the request.
              return underWay.isDone() || subject == Subject.JDK;
            });
    Thread closer = new Thread(closing, "closer");
    closer.start();

    answer.open();

    assertThat(closing.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(soon(underWay).body()).isEqualTo("abc");
    assertThat(Lifecycle.of(client).isTerminated()).isTrue();
    closer.join();
  }

  @BothClientsOfJdk21
  void anInterruptMakesCloseAbortRequests(Subject subject) throws Exception {
    HttpClient client = client(subject);
    var underWay = client.sendAsync(get(held()), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              Lifecycle.of(client).close();
              return Thread.currentThread().isInterrupted();
            });
    Thread closer = new Thread(closing, "closer");
    closer.start();

    assertThat(closing.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(failure(underWay)).isInstanceOf(IOException.class);
    closer.join();
  }

  @BothClientsOfJdk21
  void closingTwiceIsClosingOnce(Subject subject) throws Exception {
    HttpClient client = client(subject);
    client.send(get(answer(ok("abc"))), BodyHandlers.ofString());

    Lifecycle.of(client).close();
    Lifecycle.of(client).close();
    Lifecycle.of(client).shutdownNow();

    assertThat(Lifecycle.of(client).isTerminated()).isTrue();
  }

  @Test
  void aClosedClientRefusesRequestsWithoutLookingAtThem() {
    HttpClient client = client(Subject.HTTPTRACE);
    Lifecycle.of(client).close();
    ScriptedServer server = answer(ok(""));

    assertThat(failureOfSend(client, get(server), BodyHandlers.ofString()))
        .isExactlyInstanceOf(IOException.class);
    assertThat(failureOfSendAsync(client, get(server), BodyHandlers.ofString()))
        .isExactlyInstanceOf(IOException.class);
    assertThat(server.accepted()).isZero();
  }

  @Test
  void idleConnectionsAreClosedWithTheClient() throws Exception {
    ScriptedServer server = answer(ok("abc"));
    try (TracingHttpClient client = TracingHttpClient.newHttpClient()) {
      client.send(get(server), BodyHandlers.ofString());
    }

    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  // ---- Without a shutdown ----

  @Test
  void aClientNobodyHoldsEndsItsThreadsAndConnections() throws Exception {
    ScriptedServer server = answer(ok("abc"));
    List<Thread> threads = threadsOfAClientThatIsLetGo(server);

    assertThat(threads).isNotEmpty();
    collectGarbageUntil(() -> threads.stream().noneMatch(Thread::isAlive));
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  private static List<Thread> threadsOfAClientThatIsLetGo(ScriptedServer server) throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    TracingHttpClient.newHttpClient().send(get(server), BodyHandlers.ofString());
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("httptrace-"))
        .toList();
  }

  @Test
  void aRequestUnderWayKeepsAClientNobodyHolds() throws Exception {
    ScriptedServer server = held();
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    TracingHttpClient client = TracingHttpClient.newHttpClient();
    CompletableFuture<HttpResponse<String>> underWay =
        client.sendAsync(get(server), BodyHandlers.ofString());
    PhantomReference<Object> reference = new PhantomReference<>(client, queue);
    client = null;
    assertThat(requested.await(SOON)).isTrue();

    collectGarbageUntil(() -> queue.poll() != null);
    answer.open();

    assertThat(reference.refersTo(null)).isTrue();
    assertThat(soon(underWay).body()).isEqualTo("abc");
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  private static void collectGarbageUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + SOON.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() < deadline) {
      System.gc();
      new Gate().await(Duration.ofMillis(20));
      holds = condition.getAsBoolean();
    }
    assertThat(holds).isTrue();
  }
}
