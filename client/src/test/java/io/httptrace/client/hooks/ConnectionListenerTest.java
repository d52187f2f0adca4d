package io.httptrace.client.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.httptrace.ConnWaitReason;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.contract.WebSocketPeer;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import io.httptrace.connections.PoolSnapshot;
import io.httptrace.connections.PooledConnectionInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a listener of a client is told of its connections, and with which reasons they close. */
class ConnectionListenerTest extends ListenedTo {
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
}
