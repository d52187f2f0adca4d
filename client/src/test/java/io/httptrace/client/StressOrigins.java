package io.httptrace.client;

import io.httptrace.client.contract.WebSocketPeer;
import io.httptrace.conformance.FakeResolver;
import io.httptrace.conformance.http2.Http2Answer;
import io.httptrace.conformance.http2.Http2Service;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ProxyScripts;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import io.httptrace.conformance.server.TestCertificate;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** Every way there is to a server, each with how to make a client for it. */
final class StressOrigins {
  private static final String NAME = "example.test";

  private final LeakGuard guard;
  private final List<Origin> all;

  /**
   * Where requests go.
   *
   * @param client makes a client for it
   * @param uri its root
   */
  record Origin(Supplier<TracingHttpClient> client, URI uri) {}

  StressOrigins(LeakGuard guard) {
    this.guard = guard;
    ScriptedServer plain = guard.watch(VariedServer.plainForAny());
    ScriptedServer secure = guard.watch(VariedServer.secureForAny());
    Http2Service service = Http2Service.answering(request -> Http2Answer.ok("hello"));
    ScriptedServer http2 = serve(service.clearText());
    ScriptedServer secureHttp2 =
        serve(service.secured(ServerTls.with(TestCertificate.GOOD).resuming()));
    ScriptedServer tunnel = serve(ProxyScripts.tunnel(secure, null));
    ScriptedServer socks = serve(ProxyScripts.socks5(plain, null, ""));
    all =
        List.of(
            origin("http", plain, client()),
            origin("https", secure, client()),
            origin("http", http2, client().http2PriorKnowledge(true)),
            origin("https", secureHttp2, client()),
            origin("https", secure, client().proxy(ProxyRoute.http("127.0.0.1", tunnel.port()))),
            origin("http", plain, client().proxy(ProxyRoute.socks5("127.0.0.1", socks.port()))));
  }

  List<Origin> all() {
    return all;
  }

  /** {@return where WebSockets are that say again what they are told} */
  URI webSockets() {
    ScriptedServer server = serve(StressOrigins::echo);
    return URI.create("ws://" + NAME + ":" + server.port() + "/");
  }

  private ScriptedServer serve(ConnectionScript script) {
    return guard.watch(ScriptedServer.builder("stressed").otherConnections(script).start());
  }

  private static TracingHttpClientBuilder client() {
    return TracingHttpClient.newBuilder()
        .trustManager(TestCertificate.trusting())
        .resolver(new FakeResolver().resolves(NAME, "127.0.0.1")::lookup);
  }

  private static Origin origin(String scheme, ScriptedServer server, TracingHttpClientBuilder as) {
    URI uri = URI.create(scheme + "://" + NAME + ":" + server.port() + "/");
    return new Origin(as::build, uri);
  }

  private static void echo(ServerConnection connection) throws Exception {
    WebSocketPeer.shakeHands(connection);
    WebSocketPeer.Frame frame;
    do {
      frame = WebSocketPeer.readFrame(connection);
      connection.send(WebSocketPeer.frame(frame.opcode(), frame.fin(), frame.payload()));
    } while (frame.opcode() != WebSocketPeer.CLOSE);
  }
}
