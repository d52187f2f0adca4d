package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.time.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Cancelling the future, and interrupting {@code send}. */
final class CancellationTest extends Contract {
  private final Gate requested = new Gate();

  /** A server that reads a request and never answers. */
  private ScriptedServer silent() {
    return serve(
        connection -> {
          connection.readRequest();
          requested.open();
          connection.awaitPeerClose();
        });
  }

  private void assertCancels(
      Subject subject,
      Function<CompletableFuture<HttpResponse<String>>, CompletableFuture<?>> derive)
      throws Exception {
    ScriptedServer server = silent();
    var future = client(subject).sendAsync(get(server), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();

    CompletableFuture<?> derived = derive.apply(future);
    assertThat(derived.cancel(true)).isTrue();

    assertThat(failure(derived)).isInstanceOf(CancellationException.class);
    assertThat(server.awaitEnd(1, SOON)).isTrue();
    assertThat(failure(future)).isInstanceOf(CancellationException.class);
  }

  @BothClients
  void cancelClosesTheConnection(Subject subject) throws Exception {
    assertCancels(subject, future -> future);
  }

  @BothClients
  void cancellingADerivedFutureClosesTheConnection(Subject subject) throws Exception {
    assertCancels(subject, future -> future.thenApply(HttpResponse::body).thenApply(b -> b));
  }

  @BothClients
  void cancellingACopyClosesTheConnection(Subject subject) throws Exception {
    assertCancels(subject, CompletableFuture::copy);
  }

  @BothClients
  void onlyTheFutureThatWasCancelledSaysThatItIsCancelled(Subject subject) throws Exception {
    ScriptedServer server = silent();
    var future = client(subject).sendAsync(get(server), BodyHandlers.ofString());
    assertThat(requested.await(SOON)).isTrue();

    future.thenApply(HttpResponse::body).cancel(true);

    assertThatThrownBy(() -> soon(future))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancellationException.class)
        .cause()
        .isInstanceOf(IOException.class);
    assertThat(future).isNotCancelled();
  }

  @BothClients
  void cancelWithoutInterruptingLetsTheRequestGoOn(Subject subject) throws Exception {
    Gate cancelled = new Gate();
    Gate answered = new Gate();
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              requested.open();
              connection.await(cancelled);
              connection.send(ok("abc"));
              connection.readRequest();
              connection.send(ok("def"));
              answered.open();
            });
    HttpClient client = client(subject);
    Gate handled = new Gate();
    var future =
        client.sendAsync(
            get(server),
            info -> {
              handled.open();
              return BodyHandlers.ofString().apply(info);
            });
    assertThat(requested.await(SOON)).isTrue();

    assertThat(future.cancel(false)).isTrue();
    cancelled.open();

    assertThat(future).isCancelled();
    assertThat(handled.await(SOON)).isTrue();
    assertThat(server.openConnections()).hasSize(1);
  }

  @BothClients
  void cancellingAFutureThatIsDoneDoesNothing(Subject subject) throws Exception {
    ScriptedServer server = answer(ok("abc"));
    HttpClient client = client(subject);
    var future = client.sendAsync(get(server), BodyHandlers.ofString());
    soon(future);

    assertThat(future.cancel(true)).isFalse();

    assertThat(client.send(get(server), BodyHandlers.ofString()).body()).isEqualTo("abc");
    assertThat(server.accepted()).isEqualTo(1);
  }

  @BothClients
  void theBodyIsStreamedOnAfterACancelThatCameTooLate(Subject subject) throws Exception {
    Gate cancelled = new Gate();
    ScriptedServer server =
        serve(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
              connection.await(cancelled);
              connection.send("def");
            });
    var future = client(subject).sendAsync(get(server), BodyHandlers.ofInputStream());
    try (InputStream body = soon(future).body()) {
      assertThat(future.cancel(true)).isFalse();
      cancelled.open();

      assertThat(body.readAllBytes()).hasSize(6);
    }
  }

  @BothClients
  void aTimeoutOfTheFutureLeavesTheRequestAlone(Subject subject) throws Exception {
    ScriptedServer server = silent();
    var future =
        client(subject)
            .sendAsync(get(server), BodyHandlers.ofString())
            .orTimeout(50, TimeUnit.MILLISECONDS);

    assertThat(failure(future)).isInstanceOf(TimeoutException.class);
    assertThat(requested.await(SOON)).isTrue();
    assertThat(server.openConnections()).hasSize(1);
  }

  @BothClients
  void aCompletionExceptionHasTheFailureAsCause(Subject subject) {
    ScriptedServer server = answerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc");
    var future = client(subject).sendAsync(get(server), BodyHandlers.ofString());

    assertThatThrownBy(future::join)
        .isExactlyInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThatThrownBy(future::get)
        .isExactlyInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
  }

  @BothClients
  void theFutureCannotBeObtruded(Subject subject) throws Exception {
    var future = client(subject).sendAsync(get(answer(ok(""))), BodyHandlers.ofString());
    soon(future);

    assertThatThrownBy(() -> future.obtrudeValue(null))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> future.obtrudeException(new IOException()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @BothClients
  void anInterruptEndsSendAndClosesTheConnection(Subject subject) throws Exception {
    ScriptedServer server = silent();
    HttpClient client = client(subject);
    FutureTask<Throwable> task =
        new FutureTask<>(() -> failureOfSend(client, get(server), BodyHandlers.ofString()));
    Thread thread = new Thread(task, "sender");
    thread.start();
    assertThat(requested.await(SOON)).isTrue();

    thread.interrupt();

    assertThat(task.get(SOON.toSeconds(), TimeUnit.SECONDS))
        .isExactlyInstanceOf(InterruptedException.class);
    thread.join();
    assertThat(server.awaitEnd(1, SOON)).isTrue();
  }

  @BothClients
  void anInterruptedThreadSendsNothing(Subject subject) {
    ScriptedServer server = answer(ok(""));
    Thread.currentThread().interrupt();

    Throwable thrown = failureOfSend(client(subject), get(server), BodyHandlers.ofString());

    assertThat(thrown).isExactlyInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(server.accepted()).isZero();
  }

  @BothClients
  void sendAsyncDoesNotCareForAnInterrupt(Subject subject) throws Exception {
    ScriptedServer server = answer(ok("abc"));
    HttpClient client = client(subject);
    Thread.currentThread().interrupt();
    var future = client.sendAsync(get(server), BodyHandlers.ofString());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(soon(future).body()).isEqualTo("abc");
  }

  @BothClients
  void theConnectionIsClosedAlsoWhileItIsBeingMade(Subject subject) throws Exception {
    ScriptedServer hole = open(ScriptedServer.builder("hole").hangingOn("127.0.0.1"));
    var future = client(subject).sendAsync(get(hole), BodyHandlers.ofString());

    assertThat(future.cancel(true)).isTrue();
    assertThat(failure(future)).isInstanceOf(CancellationException.class);
  }
}
