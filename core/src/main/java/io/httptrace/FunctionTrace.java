package io.httptrace;

import io.httptrace.ClientTraceBuilder.ConnectDone;
import io.httptrace.ClientTraceBuilder.Got1xxResponse;
import io.httptrace.ClientTraceBuilder.ProxyConnectDone;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A trace whose hooks are the functions of a builder. */
final class FunctionTrace implements ClientTrace {
  private final Consumer<String> getConn;
  private final Consumer<GotConnInfo> gotConn;
  private final Consumer<@Nullable Throwable> putIdleConn;
  private final Runnable gotFirstResponseByte;
  private final Runnable got100Continue;
  private final Got1xxResponse got1xxResponse;
  private final Consumer<DnsStartInfo> dnsStart;
  private final Consumer<DnsDoneInfo> dnsDone;
  private final BiConsumer<String, SocketAddress> connectStart;
  private final ConnectDone connectDone;
  private final Runnable tlsHandshakeStart;
  private final BiConsumer<@Nullable TlsConnectionState, @Nullable Throwable> tlsHandshakeDone;
  private final BiConsumer<String, List<String>> wroteHeaderField;
  private final Runnable wroteHeaders;
  private final Runnable wait100Continue;
  private final Consumer<WroteRequestInfo> wroteRequest;
  private final Consumer<RoundTripStartInfo> roundTripStart;
  private final Consumer<ConnWaitReason> connWaitStart;
  private final Consumer<SocketAddress> proxyConnectStart;
  private final ProxyConnectDone proxyConnectDone;
  private final Consumer<GotResponseInfo> gotResponse;
  private final Consumer<RoundTripDoneInfo> roundTripDone;

  private final List<Hook> hooks;

  FunctionTrace(ClientTraceBuilder b) {
    this.hooks = List.copyOf(b.hooks);
    this.getConn = b.getConn;
    this.gotConn = b.gotConn;
    this.putIdleConn = b.putIdleConn;
    this.gotFirstResponseByte = b.gotFirstResponseByte;
    this.got100Continue = b.got100Continue;
    this.got1xxResponse = b.got1xxResponse;
    this.dnsStart = b.dnsStart;
    this.dnsDone = b.dnsDone;
    this.connectStart = b.connectStart;
    this.connectDone = b.connectDone;
    this.tlsHandshakeStart = b.tlsHandshakeStart;
    this.tlsHandshakeDone = b.tlsHandshakeDone;
    this.wroteHeaderField = b.wroteHeaderField;
    this.wroteHeaders = b.wroteHeaders;
    this.wait100Continue = b.wait100Continue;
    this.wroteRequest = b.wroteRequest;
    this.roundTripStart = b.roundTripStart;
    this.connWaitStart = b.connWaitStart;
    this.proxyConnectStart = b.proxyConnectStart;
    this.proxyConnectDone = b.proxyConnectDone;
    this.gotResponse = b.gotResponse;
    this.roundTripDone = b.roundTripDone;
  }

  @Override
  public void getConn(String hostPort) {
    getConn.accept(hostPort);
  }

  @Override
  public void gotConn(GotConnInfo info) {
    gotConn.accept(info);
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    putIdleConn.accept(error);
  }

  @Override
  public void gotFirstResponseByte() {
    gotFirstResponseByte.run();
  }

  @Override
  public void got100Continue() {
    got100Continue.run();
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
    got1xxResponse.accept(code, header);
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    dnsStart.accept(info);
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    dnsDone.accept(info);
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    connectStart.accept(network, addr);
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    connectDone.accept(network, addr, error);
  }

  @Override
  public void tlsHandshakeStart() {
    tlsHandshakeStart.run();
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    tlsHandshakeDone.accept(state, error);
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    wroteHeaderField.accept(key, value);
  }

  @Override
  public void wroteHeaders() {
    wroteHeaders.run();
  }

  @Override
  public void wait100Continue() {
    wait100Continue.run();
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    wroteRequest.accept(info);
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    roundTripStart.accept(info);
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    connWaitStart.accept(reason);
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    proxyConnectStart.accept(addr);
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    proxyConnectDone.accept(status, error);
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    gotResponse.accept(info);
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    roundTripDone.accept(info);
  }

  /** {@return the hooks that do something} */
  @Override
  public String toString() {
    return "ClientTrace" + hooks;
  }
}
