package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which threads run the caller's code. */
final class ExecutorsTest extends Contract {
  private final ExecutorService single =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "single"));
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  @AfterEach
  void shutDownExecutor() {
    single.shutdownNow();
  }

  /** Notes the thread of the handler. */
  private BodyHandler<String> noting() {
    return info -> {
      threads.add(Thread.currentThread().getName());
      return BodyHandlers.ofString().apply(info);
    };
  }

  @BothClients
  void sendAsyncRunsTheHandlerOnTheExecutor(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(single));

    soon(client.sendAsync(get(answer(ok("abc"))), noting()));

    assertThat(threads).containsExactly("single");
  }

  @BothClients
  void theDefaultExecutorHasDaemonThreads(Subject subject) throws Exception {
    CompletableFuture<Boolean> daemon = new CompletableFuture<>();

    soon(
        client(subject)
            .sendAsync(
                get(answer(ok("abc"))),
                info -> {
                  daemon.complete(Thread.currentThread().isDaemon());
                  return BodyHandlers.ofString().apply(info);
                }));

    assertThat(soon(daemon)).isTrue();
  }

  /** It waits anyway. The JDK's client uses the executor. */
  @Test
  void sendRunsTheHandlerOnTheCallersThread() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE, builder -> builder.executor(single));

    client.send(get(answer(ok("abc"))), noting());

    assertThat(threads).containsExactly(Thread.currentThread().getName());
  }

  /** So an executor with one thread, or none to spare, can be shared with what depends on it. */
  @BothClients
  void dependentActionsRunOutsideOfTheExecutor(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(single));
    CompletableFuture<Void> attached = new CompletableFuture<>();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              attached.get(SOON.toSeconds(), TimeUnit.SECONDS);
              connection.send(ok("abc"));
            });

    CompletableFuture<String> thread =
        client
            .sendAsync(get(server), BodyHandlers.ofString())
            .thenApply(response -> Thread.currentThread().getName());
    attached.complete(null);

    assertThat(soon(thread)).isNotEqualTo("single").doesNotContain("httptrace");
  }

  @BothClients
  void aDependentActionMaySendTheNextRequestAndWaitForIt(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(single));
    ScriptedServer server = answer(ok("abc"));

    CompletableFuture<String> both =
        client
            .sendAsync(get(server), BodyHandlers.ofString())
            .thenApply(
                first ->
                    first.body()
                        + client.sendAsync(get(server), BodyHandlers.ofString()).join().body());

    assertThat(soon(both)).isEqualTo("abcabc");
  }

  /** With the JDK's client this waits for ever. */
  @Test
  void sendWorksOnTheOnlyThreadOfTheExecutor() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE, builder -> builder.executor(single));
    ScriptedServer server = answer(ok("abc"));
    FutureTask<HttpResponse<String>> task =
        new FutureTask<>(() -> client.send(get(server), BodyHandlers.ofString()));

    single.execute(task);

    assertThat(task.get(SOON.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("abc");
  }

  /** Also with a subscriber of the caller's own, whose {@code getBody()} may block. */
  @Test
  void aMappingWorksOnTheOnlyThreadOfTheExecutor() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE, builder -> builder.executor(single));
    ScriptedServer server = answer(ok("abc"));
    FutureTask<HttpResponse<Integer>> task =
        new FutureTask<>(
            () ->
                client.send(
                    get(server),
                    info ->
                        HttpResponse.BodySubscribers.mapping(
                            BodyHandlers.ofString().apply(info), String::length)));

    single.execute(task);

    assertThat(task.get(SOON.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo(3);
  }

  /** A thread of the client takes what an executor does not want; with the JDK's it is lost. */
  @Test
  void anExecutorThatRejectsDoesNoHarm() throws Exception {
    Executor rejecting =
        task -> {
          throw new RejectedExecutionException("never");
        };
    HttpClient client = client(Subject.HTTPTRACE, builder -> builder.executor(rejecting));
    ScriptedServer server = answer(ok("abc"));

    assertThat(send(client, get(server), BodyHandlers.ofString()).body()).isEqualTo("abc");
    assertThat(
            client
                .send(
                    request(server).POST(BodyPublishers.ofString("x")).build(),
                    BodyHandlers.ofString())
                .body())
        .isEqualTo("abc");
  }

  /** Whatever it throws, and also if it has taken the task: a task runs once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExecutorThatThrowsDoesNoHarm(boolean runsTheTask) throws Exception {
    ScriptedServer server = answer(ok("abc"));
    List<Throwable> all =
        List.of(new IllegalStateException("broken"), new StackOverflowError("broken"));
    for (Throwable thrown : all) {
      AtomicInteger handled = new AtomicInteger();
      BodyHandler<String> counting =
          info -> {
            handled.incrementAndGet();
            return BodyHandlers.ofString().apply(info);
          };
      TracingHttpClient client =
          TracingHttpClient.newBuilder()
              .executor(
                  task -> {
                    if (runsTheTask) {
                      task.run();
                    }
                    ExecutorsTest.<RuntimeException>fail(thrown);
                  })
              .build();
      try (client) {
        assertThat(client.send(get(server), counting).body()).isEqualTo("abc");
        assertThat(soon(client.sendAsync(get(server), counting)).body()).isEqualTo("abc");
        client.shutdown();
        assertThat(client.awaitTermination(SOON)).isTrue();
      }
      assertThat(handled).hasValue(2);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void fail(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @BothClients
  void anExecutorThatRunsTasksAtOnceWorks(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(Runnable::run));
    ScriptedServer server = answer(ok("abc"));

    assertThat(send(client, get(server), BodyHandlers.ofString()).body()).isEqualTo("abc");
    assertThat(
            send(
                    client,
                    request(server).POST(BodyPublishers.ofString("x")).build(),
                    BodyHandlers.ofString())
                .body())
        .isEqualTo("abc");
  }

  @BothClients
  void withSuchAnExecutorDependentActionsMayBlockAllTheSame(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(Runnable::run));
    CompletableFuture<Void> attached = new CompletableFuture<>();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              attached.get(SOON.toSeconds(), TimeUnit.SECONDS);
              connection.send(ok("abc"));
            });

    CompletableFuture<String> both =
        client
            .sendAsync(get(server), BodyHandlers.ofString())
            .thenApply(
                first ->
                    first.body()
                        + client.sendAsync(get(server), BodyHandlers.ofString()).join().body());
    attached.complete(null);

    assertThat(soon(both)).isEqualTo("abcabc");
  }

  /** A task such an executor has dropped does not hold up the end of the request or the client. */
  @Test
  void anExecutorThatIsShutDownUnderARequestDropsItsTasksAndNotTheRequest() throws Exception {
    TracingHttpClient client = TracingHttpClient.newBuilder().executor(single).build();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    CompletableFuture<Void> handled = new CompletableFuture<>();
    ScriptedServer server =
        answer(
            (request, connection) -> {
              stopped.get(SOON.toSeconds(), TimeUnit.SECONDS);
              connection.send(ok("abc"));
            });
    single.execute(
        () -> {
          handled.complete(null);
          stopped.join();
        });
    soon(handled);
    var withTimeout =
        client.sendAsync(
            request(server).timeout(Duration.ofMillis(200)).build(), BodyHandlers.ofString());
    var without = client.sendAsync(get(server), BodyHandlers.ofString());

    single.shutdownNow();

    assertThat(failure(withTimeout)).isInstanceOf(HttpTimeoutException.class);
    client.shutdownNow();
    assertThat(failure(without)).isInstanceOf(IOException.class);
    stopped.complete(null);
    assertThat(client.awaitTermination(SOON)).isTrue();
  }

  @BothClients
  void theExecutorIsNotShutDownWithTheClient(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.executor(single));
    client.send(get(answer(ok("abc"))), BodyHandlers.ofString());
    if (client instanceof AutoCloseable closeable) {
      closeable.close();
    }

    assertThat(single.isShutdown()).isFalse();
  }

  /** All of them wait at the same time, though the pool has two threads. */
  @BothClients
  void aForkJoinPoolMakesUpForItsThreadsThatWaitInSend(Subject subject) throws Exception {
    HttpClient client = client(subject, builder -> builder.version(HttpClient.Version.HTTP_1_1));
    int requests = 12;
    CountDownLatch received = new CountDownLatch(requests);
    ScriptedServer server =
        answer(
            (request, connection) -> {
              received.countDown();
              assertThat(received.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
              connection.send(ok("abc"));
            });
    ForkJoinPool pool = new ForkJoinPool(2);
    try {
      List<Future<String>> sent =
          IntStream.range(0, requests)
              .mapToObj(
                  i ->
                      (Future<String>)
                          pool.submit(
                              () -> client.send(get(server), BodyHandlers.ofString()).body()))
              .toList();

      for (Future<String> each : sent) {
        assertThat(each.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("abc");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** To wait without a thread to make up for it is better than to fail. */
  @Test
  void sendWaitsInAForkJoinPoolThatMayHaveNoMoreThreads() throws Exception {
    HttpClient client = client(Subject.HTTPTRACE);
    ScriptedServer server = answer(ok("abc"));
    ForkJoinPool pool =
        new ForkJoinPool(
            1,
            ForkJoinPool.defaultForkJoinWorkerThreadFactory,
            null,
            false,
            1,
            1,
            1,
            null,
            1,
            TimeUnit.MINUTES);
    try {
      assertThat(
              pool.submit(() -> client.send(get(server), BodyHandlers.ofString()).body())
                  .get(SOON.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo("abc");
    } finally {
      pool.shutdownNow();
    }
  }

  /** The handler runs on the pool whose only thread waits for the end. */
  @Test
  void aForkJoinPoolMakesUpForAThreadThatClosesTheClient() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      CompletableFuture<Void> closing = new CompletableFuture<>();
      ScriptedServer server =
          answer(
              (request, connection) -> {
                closing.get(SOON.toSeconds(), TimeUnit.SECONDS);
                connection.send(ok("abc"));
              });
      TracingHttpClient client = TracingHttpClient.newBuilder().executor(pool).build();
      CompletableFuture<HttpResponse<String>> underWay =
          client.sendAsync(get(server), BodyHandlers.ofString());

      pool.submit(
              () -> {
                closing.complete(null);
                client.close();
              })
          .get(SOON.toSeconds(), TimeUnit.SECONDS);

      assertThat(soon(underWay).body()).isEqualTo("abc");
    } finally {
      pool.shutdownNow();
    }
  }
}
