package io.httptrace.cli;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.ConnectionInfo;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventScope;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.timeline.Redaction;
import java.io.PrintStream;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints each hook as it fires, one line each: the time since the first one, the hook's name, its
 * arguments. The time is when the event happened; lines come in the order in which hooks ran.
 */
final class EventPrinter implements ClientTrace {
  private final PrintStream out;
  private final Redaction redaction;

  // Guarded by this.
  private boolean started;
  private long firstNanos;

  /**
   * Makes a printer for one request.
   *
   * @param out where to print to
   * @param redaction whether secrets are masked
   */
  EventPrinter(PrintStream out, Redaction redaction) {
    this.out = out;
    this.redaction = redaction;
  }

  @Override
  public void getConn(String hostPort) {
    print("getConn", hostPort);
  }

  @Override
  public void gotConn(GotConnInfo info) {
    ConnectionInfo connection = info.connection();
    String idle = info.wasIdle() ? " idle " + Quantities.millis(info.idleTime()) : "";
    print(
        "gotConn",
        "#"
            + connection.id()
            + " "
            + connection.protocol()
            + " "
            + Addresses.of(connection.localAddress())
            + " -> "
            + Addresses.of(connection.remoteAddress())
            + (info.reused() ? " reused" : " new")
            + idle);
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    print("putIdleConn", error(error));
  }

  @Override
  public void gotFirstResponseByte() {
    print("gotFirstResponseByte", "");
  }

  @Override
  public void got100Continue() {
    print("got100Continue", "");
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    print("got1xxResponse", code + headers(header));
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    print("dnsStart", info.host());
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    String addresses = info.addrs().stream().map(Addresses::of).collect(Collectors.joining(" "));
    print("dnsDone", addresses + (info.coalesced() ? " coalesced " : " ") + error(info.error()));
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    print("connectStart", network + " " + Addresses.of(addr));
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    print("connectDone", network + " " + Addresses.of(addr) + " " + error(error));
  }

  @Override
  public void tlsHandshakeStart() {
    print("tlsHandshakeStart", "");
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    if (state == null) {
      print("tlsHandshakeDone", error(error));
      return;
    }
    String alpn = state.applicationProtocol();
    print(
        "tlsHandshakeDone",
        state.version()
            + " "
            + state.cipherSuite()
            + (alpn.isEmpty() ? "" : " alpn=" + alpn)
            + (state.resumed() ? " resumed" : "")
            + (state.serverName().isEmpty() ? "" : " name=" + state.serverName()));
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    print("wroteHeaderField", key + ": " + String.join(", ", redaction.values(key, value)));
  }

  @Override
  public void wroteHeaders() {
    print("wroteHeaders", "");
  }

  @Override
  public void wait100Continue() {
    print("wait100Continue", "");
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    print("wroteRequest", error(info.error()));
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    print(
        "roundTripStart",
        "#"
            + info.attempt()
            + " "
            + info.reason().name().toLowerCase(Locale.ROOT)
            + " "
            + info.method()
            + " "
            + redaction.uri(info.uri()));
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    print("connWaitStart", Phases.waitReason(reason));
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    print("proxyConnectStart", Addresses.of(addr));
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    print("proxyConnectDone", (status < 0 ? "no answer" : status) + " " + error(error));
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    print("gotResponse", info.status() + " " + info.protocol() + headers(info.headers()));
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    print(
        "roundTripDone",
        info.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + ", sent "
            + info.bytes().wireSent()
            + ", received "
            + info.bytes().wireReceived()
            + ", body "
            + info.bytes().contentReceived()
            + " bytes"
            + (info.error() == null ? "" : ", " + error(info.error())));
  }

  private String headers(Map<String, List<String>> headers) {
    return redaction.headers(headers).entrySet().stream()
        .map(field -> "; " + field.getKey() + ": " + String.join(", ", field.getValue()))
        .collect(Collectors.joining());
  }

  private String error(@Nullable Throwable error) {
    return error == null ? "" : "error: " + redaction.text(Reasons.of(error));
  }

  private synchronized void print(String hook, String arguments) {
    long now = EventScope.current().nanoTime();
    if (!started) {
      started = true;
      firstNanos = now;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%12.3f ms  %-21s%s",
            (now - firstNanos) / 1e6,
            hook,
            Printable.text(arguments.strip()));
    out.println(line.stripTrailing());
  }
}
