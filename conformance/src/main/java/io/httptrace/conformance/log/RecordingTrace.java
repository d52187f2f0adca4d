package io.httptrace.conformance.log;

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
import io.httptrace.conformance.ErrorSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Enters every hook in the log. */
final class RecordingTrace implements ClientTrace {
  private final RequestLog request;
  private final int number;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  RecordingTrace(RequestLog request, int number) {
    this.request = request;
    this.number = number;
  }

  private void fire(String hook, String arguments) {
    try {
      fireThrowing(hook, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException("only got1xxResponse may throw this", e);
    }
  }

  private void fireThrowing(String hook, String arguments) throws IOException {
    request.hook(number, hook, arguments);
    int call = calls.computeIfAbsent(hook, h -> new AtomicInteger()).incrementAndGet();
    request.act(number, hook, call);
  }

  @Override
  public void getConn(String hostPort) {
    fire("getConn", "(" + hostPort + ")");
  }

  @Override
  public void gotConn(GotConnInfo info) {
    boolean positive = !info.idleTime().isZero() && !info.idleTime().isNegative();
    fire(
        "gotConn",
        "(reused="
            + info.reused()
            + " wasIdle="
            + info.wasIdle()
            + " idleTime>0="
            + positive
            + ")");
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    fire("putIdleConn", "(err=" + request.word(error, ErrorSite.POOL) + ")");
  }

  @Override
  public void gotFirstResponseByte() {
    fire("gotFirstResponseByte", "");
  }

  @Override
  public void got100Continue() {
    fire("got100Continue", "");
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
    fireThrowing("got1xxResponse", "(" + code + " [" + Notation.fields(header) + "])");
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    fire("dnsStart", "(" + info.host() + ")");
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    fire(
        "dnsDone",
        "(["
            + Notation.addresses(info.addrs())
            + "] err="
            + request.word(info.error(), ErrorSite.LOOKUP)
            + " coalesced="
            + info.coalesced()
            + ")");
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    fire("connectStart", "(" + network + " " + Notation.address(addr) + ")");
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.CONNECT);
    fire("connectDone", "(" + network + " " + Notation.address(addr) + " err=" + word + ")");
  }

  @Override
  public void tlsHandshakeStart() {
    fire("tlsHandshakeStart", "");
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.HANDSHAKE);
    fire("tlsHandshakeDone", "(err=" + word + (state == null ? "" : Notation.tls(state)) + ")");
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    if (!request.addedByClient(key, value)) {
      String name = key.toLowerCase(Locale.ROOT);
      fire("wroteHeaderField", "(" + name + "=[" + Notation.quoted(value) + "])");
    }
  }

  @Override
  public void wroteHeaders() {
    fire("wroteHeaders", "");
  }

  @Override
  public void wait100Continue() {
    fire("wait100Continue", "");
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    fire("wroteRequest", "(err=" + request.word(info.error(), ErrorSite.WRITE) + ")");
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    request.beyondGo(number, "roundTripStart", "(" + info.attempt() + " " + info.reason() + ")");
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    request.beyondGo(number, "connWaitStart", "(" + reason + ")");
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    request.beyondGo(number, "proxyConnectStart", "(" + Notation.address(addr) + ")");
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.CONNECT);
    request.beyondGo(number, "proxyConnectDone", "(" + status + " err=" + word + ")");
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    request.beyondGo(number, "gotResponse", "(" + info.status() + " " + info.protocol() + ")");
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    request.beyondGo(number, "roundTripDone", "(" + info.outcome() + ")");
  }
}
