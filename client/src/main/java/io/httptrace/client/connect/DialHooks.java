package io.httptrace.client.connect;

import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.client.errors.DnsException;
import io.httptrace.client.hooks.RequestTrace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one dial.
 *
 * @param trace the hooks of the request it is made for
 * @param connection the id the connection will have
 */
record DialHooks(RequestTrace trace, long connection) {

  long now() {
    return trace.now();
  }

  void dnsStart(String host) {
    if (trace.enabled()) {
      trace.dnsStart(now(), connection, DnsStartInfo.of(host));
    }
  }

  void dnsDone(
      long at,
      List<InetAddress> addrs,
      @Nullable DnsException error,
      boolean shared,
      String resolver) {
    if (trace.enabled()) {
      trace.dnsDone(at, connection, DnsDoneInfo.of(addrs, error, shared, resolver));
    }
  }

  void connectStart(InetSocketAddress addr) {
    trace.connectStart(now(), connection, addr);
  }

  void connectDone(long at, InetSocketAddress addr, @Nullable Throwable error) {
    trace.connectDone(at, connection, addr, error);
  }

  void proxyConnectStart(SocketAddress addr) {
    trace.proxyConnectStart(now(), connection, addr);
  }

  void proxyConnectDone(long at, int status, @Nullable Throwable error) {
    trace.proxyConnectDone(at, connection, status, error);
  }

  void tlsHandshakeStart() {
    trace.tlsHandshakeStart(now(), connection);
  }

  void tlsHandshakeDone(long at, @Nullable TlsConnectionState state, @Nullable Throwable error) {
    trace.tlsHandshakeDone(at, connection, state, error);
  }
}
