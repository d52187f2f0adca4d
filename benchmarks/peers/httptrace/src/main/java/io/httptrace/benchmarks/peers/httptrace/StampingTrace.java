package io.httptrace.benchmarks.peers.httptrace;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Each hook reads the clock, as one would to see where the time went. */
final class StampingTrace implements ClientTrace {
  private final long[] stamps = new long[40];
  private int count;

  /** Hooks of a dial and of the connection may run at the same time. */
  private synchronized void stamp() {
    if (count < stamps.length) {
      stamps[count++] = System.nanoTime();
    }
  }

  @Override
  public void getConn(String hostPort) {
    stamp();
  }

  @Override
  public void gotConn(GotConnInfo info) {
    stamp();
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    stamp();
  }

  @Override
  public void gotFirstResponseByte() {
    stamp();
  }

  @Override
  public void got100Continue() {
    stamp();
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    stamp();
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    stamp();
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    stamp();
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    stamp();
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    stamp();
  }

  @Override
  public void tlsHandshakeStart() {
    stamp();
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    stamp();
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    stamp();
  }

  @Override
  public void wroteHeaders() {
    stamp();
  }

  @Override
  public void wait100Continue() {
    stamp();
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    stamp();
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    stamp();
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    stamp();
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    stamp();
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    stamp();
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    stamp();
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    stamp();
  }
}
