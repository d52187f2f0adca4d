package io.httptrace.asynchttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.asynchttpclient.Dsl.asyncHttpClient;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.conformance.hooks.HookNames;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.conformance.server.ServerConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.proxy.ProxyServer;
import org.asynchttpclient.proxy.ProxyType;
import org.junit.jupiter.api.Test;

/** What is told of a call through a SOCKS proxy: less, and the timeline says so. */
final class SocksTest {
  private final HookNames events = new HookNames();
  private final List<Object> told = new CopyOnWriteArrayList<>();

  /** Lets anybody connect to an IPv4 address (RFC 1928). */
  private static void socks(ServerConnection connection) throws Exception {
    int methods = connection.readBytes(2)[1];
    connection.readBytes(methods);
    connection.send(new byte[] {5, 0});
    byte[] request = connection.readBytes(10);
    connection.send(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    connection.relayTo((request[8] & 0xff) << 8 | (request[9] & 0xff));
  }

  @Test
  void theHandshakeIsPartOfConnecting() throws Exception {
    ClientTrace addresses =
        ClientTrace.builder()
            .getConn(told::add)
            .connectStart((network, address) -> told.add(address))
            .build();
    try (PathServer site = new PathServer();
        ScriptedServer proxy =
            ScriptedServer.builder("proxy").otherConnections(SocksTest::socks).start();
        AsyncHttpClient client =
            asyncHttpClient(
                AsyncHttpClientTracing.create()
                    .install(
                        AhcTestConfig.quick()
                            .setProxyServer(
                                new ProxyServer.Builder("127.0.0.1", proxy.port())
                                    .setProxyType(ProxyType.SOCKS_V5))))) {
      TraceContext.current()
          .withClientTrace(addresses)
          .call(() -> Calls.send(client, site.url("/ok"), events.trace()));

      assertThat(told)
          .containsExactly(
              "127.0.0.1:" + proxy.port(),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
    }
    assertThat(events.names())
        .containsExactly(
            "roundTripStart",
            "getConn",
            "connectStart",
            "connectDone",
            "gotConn",
            "wroteHeaderField",
            "wroteHeaders",
            "wroteRequest",
            "gotFirstResponseByte",
            "gotResponse",
            "putIdleConn",
            "roundTripDone");
    assertThat(events.recorder().timeline().hookSupport()).isEqualTo(AhcSupport.SOCKS);
  }
}
