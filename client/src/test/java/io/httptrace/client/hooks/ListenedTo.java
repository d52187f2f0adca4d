package io.httptrace.client.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.TestCertificate;
import io.httptrace.connections.ConnectionCloseReason;
import io.httptrace.connections.ConnectionListener;
import io.httptrace.connections.ConnectionWaitInfo;
import io.httptrace.connections.PooledConnectionInfo;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client with a listener that keeps what it is told of connections, and servers for it. */
abstract class ListenedTo {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @RegisterExtension final LeakGuard guard = new LeakGuard();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final ConnectionListener listener =
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

  final ScriptedServer server(ConnectionScript... scripts) {
    return guard.watch(ScriptedServer.builder("server").connections(scripts).start());
  }

  static ConnectionScript answering(String... answers) {
    return connection -> {
      for (String answer : answers) {
        connection.readRequest();
        connection.send(answer);
      }
      connection.awaitPeerClose();
    };
  }

  final TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .trustManager(TestCertificate.trusting())
        .connectionListener(listener);
  }

  static HttpRequest get(ScriptedServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/")).build();
  }

  static void send(TracingHttpClient client, ScriptedServer server) throws Exception {
    assertThat(client.send(get(server), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
