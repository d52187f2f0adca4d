package io.httptrace.conformance.log;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.error.ErrorSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Records every hook in the log. */
final class RecordingTrace implements ClientTrace {
  private final RequestLog request;
  private final int number;
  private final Map<Hook, AtomicInteger> calls = new ConcurrentHashMap<>();

  RecordingTrace(RequestLog request, int number) {
    this.request = request;
    this.number = number;
  }

  private void fire(Hook hook, String arguments) {
    try {
      fireThrowing(hook, arguments);
    } catch (IOException e) {
      throw new UncheckedIOException("only got1xxResponse may throw this", e);
    }
  }

  private void fireThrowing(Hook hook, String arguments) throws IOException {
    request.hook(number, hook, arguments);
    int call = calls.computeIfAbsent(hook, h -> new AtomicInteger()).incrementAndGet();
    request.act(number, hook.methodName(), call);
  }

  private void beyondGo(Hook hook, String arguments) {
    request.hook(number, hook, arguments);
  }

  @Override
  public void getConn(String hostPort) {
    fire(Hook.GET_CONN, "(" + hostPort + ")");
  }

  @Override
  public void gotConn(GotConnInfo info) {
    boolean positive = !info.idleTime().isZero() && !info.idleTime().isNegative();
    fire(
        Hook.GOT_CONN,
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
    fire(Hook.PUT_IDLE_CONN, "(err=" + request.word(error, ErrorSite.POOL) + ")");
  }

  @Override
  public void gotFirstResponseByte() {
    fire(Hook.GOT_FIRST_RESPONSE_BYTE, "");
  }

  @Override
  public void got100Continue() {
    fire(Hook.GOT_100_CONTINUE, "");
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
    fireThrowing(Hook.GOT_1XX_RESPONSE, "(" + code + " [" + Notation.fields(header) + "])");
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    fire(Hook.DNS_START, "(" + info.host() + ")");
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    fire(
        Hook.DNS_DONE,
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
    fire(Hook.CONNECT_START, "(" + network + " " + Notation.address(addr) + ")");
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.CONNECT);
    fire(Hook.CONNECT_DONE, "(" + network + " " + Notation.address(addr) + " err=" + word + ")");
  }

  @Override
  public void tlsHandshakeStart() {
    fire(Hook.TLS_HANDSHAKE_START, "");
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.HANDSHAKE);
    fire(
        Hook.TLS_HANDSHAKE_DONE, "(err=" + word + (state == null ? "" : Notation.tls(state)) + ")");
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    if (!request.addedByClient(key, value)) {
      String name = key.toLowerCase(Locale.ROOT);
      fire(Hook.WROTE_HEADER_FIELD, "(" + name + "=[" + Notation.quoted(value) + "])");
    }
  }

  @Override
  public void wroteHeaders() {
    fire(Hook.WROTE_HEADERS, "");
  }

  @Override
  public void wait100Continue() {
    fire(Hook.WAIT_100_CONTINUE, "");
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    fire(Hook.WROTE_REQUEST, "(err=" + request.word(info.error(), ErrorSite.WRITE) + ")");
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    request.supports(info.hookSupport());
    beyondGo(Hook.ROUND_TRIP_START, "(" + info.number() + " " + info.reason() + ")");
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    beyondGo(Hook.CONN_WAIT_START, "(" + reason + ")");
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    beyondGo(Hook.PROXY_CONNECT_START, "(" + Notation.address(addr) + ")");
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    String word = request.word(error, ErrorSite.CONNECT);
    beyondGo(Hook.PROXY_CONNECT_DONE, "(" + status + " err=" + word + ")");
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    beyondGo(Hook.GOT_RESPONSE, "(" + info.status() + " " + info.protocol() + ")");
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    beyondGo(Hook.ROUND_TRIP_DONE, "(" + info.outcome() + ")");
  }
}
