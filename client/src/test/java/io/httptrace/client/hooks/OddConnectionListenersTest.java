package io.httptrace.client.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.conformance.log.CapturedLog;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** On which thread the listener of a client is called, and what it can break. */
class OddConnectionListenersTest extends ListenedTo {
  private static boolean opens(Gate gate) {
    try {
      return gate.await(Waiting.LIMIT);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void theListenerRunsOnAThreadOfTheClientThatDoesNoInputOrOutput() throws Exception {
    ScriptedServer server = server(answering(OK));
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    ConnectionListener named =
        new ConnectionListener() {
          @Override
          public void connectionOpened(PooledConnectionInfo connection) {
            threads.add(Thread.currentThread().getName());
          }

          @Override
          public void connectionClosed(
              PooledConnectionInfo connection, ConnectionCloseReason reason) {
            threads.add(Thread.currentThread().getName());
          }
        };
    try (TracingHttpClient client = client().connectionListener(named).build()) {
      client.sendAsync(get(server), BodyHandlers.ofString()).get();
    }

    assertThat(threads)
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).matches("httptrace-\\d+-worker-\\d+"));
  }

  @Test
  void aListenerThatBlocksHoldsUpNoRequestAndIsWaitedForAtTheEnd() throws Exception {
    ScriptedServer server =
        server(
            answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
            answering(OK));
    Gate gate = new Gate();
    ConnectionListener slow =
        new ConnectionListener() {
          @Override
          public void connectionOpened(PooledConnectionInfo connection) {
            if (!opens(gate)) {
              events.add("nobody opened the gate");
            }
            listener.connectionOpened(connection);
          }

          @Override
          public void connectionClosed(
              PooledConnectionInfo connection, ConnectionCloseReason reason) {
            listener.connectionClosed(connection, reason);
          }
        };
    try (TracingHttpClient client = client().connectionListener(slow).build()) {
      send(client, server);
      send(client, server);
      assertThat(events).isEmpty();
      gate.open();
    }

    assertThat(events)
        .containsExactly(
            "opened #1",
            "closed #1 NOT_REUSABLE after 1",
            "opened #2",
            "closed #2 CLIENT_CLOSED after 1");
  }

  @Test
  void whatAListenerThrowsIsLoggedOnceAndChangesNothing() throws Exception {
    ScriptedServer server = server(answering(OK, OK));
    ConnectionListener faulty =
        new ConnectionListener() {
          @Override
          public void connectionOpened(PooledConnectionInfo connection) {
            listener.connectionOpened(connection);
            throw new IllegalStateException("first");
          }

          @Override
          public void connectionClosed(
              PooledConnectionInfo connection, ConnectionCloseReason reason) {
            listener.connectionClosed(connection, reason);
            throw new AssertionError("second");
          }
        };
    try (CapturedLog log = CapturedLog.of(ConnectionListener.class)) {
      try (TracingHttpClient client = client().connectionListener(faulty).build()) {
        send(client, server);
        send(client, server);
      }

      assertThat(log.lines())
          .containsExactly(
              "WARNING the connection listener "
                  + faulty.getClass().getName()
                  + " threw; logged once only: java.lang.IllegalStateException: first");
    }
    assertThat(events).containsExactly("opened #1", "closed #1 CLIENT_CLOSED after 2");
  }

  @Test
  void aListenerMayUseTheClient() throws Exception {
    ScriptedServer server = server(answering(OK), answering(OK));
    BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    TracingHttpClient[] itself = new TracingHttpClient[1];
    Gate ready = new Gate();
    ConnectionListener asking =
        new ConnectionListener() {
          @Override
          public void connectionOpened(PooledConnectionInfo connection) {
            if (connection.connection().id() > 1 || !opens(ready)) {
              return;
            }
            try {
              HttpResponse<String> response = itself[0].send(get(server), BodyHandlers.ofString());
              statuses.add(response.statusCode());
            } catch (IOException | InterruptedException e) {
              statuses.add(-1);
            }
          }
        };
    ScriptedServer other = server(ServerConnection::awaitPeerClose);
    try (TracingHttpClient client = client().connectionListener(asking).build()) {
      itself[0] = client;
      CompletableFuture<?> hanging = client.sendAsync(get(other), BodyHandlers.ofString());
      ready.open();
      assertThat(statuses.take()).isEqualTo(200);
      hanging.cancel(true);
    }
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> TracingHttpClient.newBuilder().connectionListener(null))
        .withMessage("listener");
  }
}
