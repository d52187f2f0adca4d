package io.httptrace.client.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ConnWaitReason;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.client.contract.WebSocketPeer;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a listener of a client is told of its connections, on which thread, and what it can break.
 */
public class ConnectionListenerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ConnectionListener listener =
      new ConnectionListener() {
        @Override
        public void connectionOpened(PooledConnectionInfo connection) {
          events.add("opened #" + connection.connection().id());
        }

        @Override
        public void connectionClosed(
            PooledConnectionInfo connection, ConnectionCloseReason reason) {
          events.add(
              "closed #"
                  + connection.connection().id()
                  + " "
                  + reason
                  + " after "
                  + connection.connection().requestsBefore());
        }

        @Override
        public void waitEnded(ConnectionWaitInfo wait) {
          events.add("waited for " + wait.reason() + " connected=" + wait.connected());
        }
      };

  private ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("server").connections(scripts).start());
  }

  private static ConnectionScript answering(String... answers) {
    return connection -> {
      for (String answer : answers) {
        connection.readRequest();
        connection.send(answer);
      }
      connection.awaitPeerClose();
    };
  }

  private TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .trustManager(TestCertificate.trusting())
        .connectionListener(listener);
  }

  private static HttpRequest get(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }

  private static boolean opens(Gate gate) {
    try {
      return gate.await(Waiting.LIMIT);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void send(TracingHttpClient client, ScriptedServer server) throws Exception {
    assertThat(client.send(get(server), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionIsOpenFromItsFirstRequestUntilTheClientIsClosed() throws Exception {
    ScriptedServer server = server(answering(OK, OK));
    try (TracingHttpClient client = client().build()) {
      send(client, server);
      send(client, server);
    }

    assertThat(events).containsExactly("opened #1", "closed #1 CLIENT_CLOSED after 2");
  }

  @Test
  void aServerThatClosesAnIdleConnectionIsSeenWithoutARequest() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send(OK);
              connection.close();
            });
    try (TracingHttpClient client = client().build()) {
      send(client, server);

      assertThat(events.take()).isEqualTo("opened #1");
      assertThat(events.take()).isEqualTo("closed #1 PEER_CLOSED after 1");
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aServerThatClosesTheConnectionInTheMiddleOfAResponse() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
              connection.close();
            });
    fails(server);

    assertThat(events).containsExactly("opened #1", "closed #1 PEER_CLOSED after 1");
  }

  @Test
  void aServerThatDoesNotSpeakHttp() throws Exception {
    fails(server(answering("nothing\r\n\r\n")));

    assertThat(events).containsExactly("opened #1", "closed #1 ERROR after 1");
  }

  @Test
  void aServerThatResetsTheConnection() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
              connection.reset();
            });
    fails(server);

    assertThat(events).containsExactly("opened #1", "closed #1 ERROR after 1");
  }

  @Test
  void aServerThatResetsTheConnectionDuringTheRequest() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              connection.readHead();
              connection.reset();
            });
    HttpRequest upload =
        HttpRequest.newBuilder(get(server).uri())
            .POST(BodyPublishers.ofByteArray(new byte[64 << 20]))
            .build();
    try (TracingHttpClient client = client().build()) {
      assertThatThrownBy(() -> client.send(upload, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }

    assertThat(events).containsExactly("opened #1", "closed #1 ERROR after 1");
  }

  private void fails(ScriptedServer server) throws Exception {
    try (TracingHttpClient client = client().build()) {
      assertThatThrownBy(() -> client.send(get(server), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aResponseThatEndsTheConnection() throws Exception {
    ScriptedServer server =
        server(answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    try (TracingHttpClient client = client().build()) {
      send(client, server);
    }

    assertThat(events).containsExactly("opened #1", "closed #1 NOT_REUSABLE after 1");
  }

  @Test
  void aRequestThatIsCancelled() throws Exception {
    Gate asked = new Gate();
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              asked.open();
              connection.awaitPeerClose();
            });
    try (TracingHttpClient client = client().build()) {
      CompletableFuture<?> response = client.sendAsync(get(server), BodyHandlers.ofString());
      assertThat(asked.await(Waiting.LIMIT)).isTrue();
      response.cancel(true);
    }

    assertThat(events).containsExactly("opened #1", "closed #1 REQUEST_ABANDONED after 1");
  }

  @Test
  void http2AndTls() throws Exception {
    ServerTls tls = ServerTls.with(TestCertificate.GOOD).protocols("h2");
    ScriptedServer server =
        server(Http2Service.answering(request -> Http2Answer.ok("ok")).secured(tls));
    URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
    PoolSnapshot snapshot;
    try (TracingHttpClient client = client().version(Version.HTTP_2).build()) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      snapshot = client.poolSnapshot();
    }

    assertThat(events).containsExactly("opened #1", "closed #1 CLIENT_CLOSED after 1");
    assertThat(snapshot.targets()).hasSize(1);
    assertThat(snapshot.targets().get(0).target())
        .hasToString("https://127.0.0.1:" + server.port());
    PooledConnectionInfo connection = snapshot.targets().get(0).connections().get(0);
    assertThat(connection.connection().protocol()).isEqualTo("HTTP/2");
    assertThat(connection.connection().tls()).isNotNull();
    assertThat(connection.connection().requestsBefore()).isEqualTo(1);
  }

  @Test
  void aWebSocketKeepsItsConnectionUntilItEnds() throws Exception {
    ScriptedServer server =
        server(
            connection -> {
              WebSocketPeer.shakeHands(connection);
              connection.awaitPeerClose();
            });
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/");
    try (TracingHttpClient client = client().build()) {
      WebSocket socket =
          client.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}).get();
      assertThat(client.poolSnapshot().toString())
          .matches("ws://127\\.0\\.0\\.1:\\d+: 1 active, 0 idle, 0 dialling, 0 waiting");
      socket.abort();
    }

    assertThat(events).containsExactly("opened #1", "closed #1 UPGRADE_ENDED after 1");
  }

  @Test
  void aRequestThatWaitsForAnother() throws Exception {
    Gate first = new Gate();
    ScriptedServer server =
        server(
            connection -> {
              connection.readRequest();
              connection.await(first);
              connection.send(OK);
              connection.readRequest();
              connection.send(OK);
              connection.awaitPeerClose();
            });
    try (TracingHttpClient client = client().maxConnectionsPerHost(1).build()) {
      CompletableFuture<?> one = client.sendAsync(get(server), BodyHandlers.ofString());
      server.awaitRequests(1);
      CompletableFuture<?> two = client.sendAsync(get(server), BodyHandlers.ofString());
      assertThat(client.poolSnapshot().toString())
          .matches("http://127\\.0\\.0\\.1:\\d+: 1 active, 0 idle, 0 dialling, 1 waiting");
      first.open();
      one.get();
      two.get();
    }

    assertThat(events)
        .containsExactly(
            "opened #1",
            "waited for " + ConnWaitReason.HOST_LIMIT + " connected=true",
            "closed #1 CLIENT_CLOSED after 2");
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
