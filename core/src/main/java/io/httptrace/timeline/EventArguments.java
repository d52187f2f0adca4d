package io.httptrace.timeline;

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
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the arguments of one hook as text. */
final class EventArguments implements ClientTrace {
  private final Redaction redaction;
  private String text = "";

  EventArguments(Redaction redaction) {
    this.redaction = redaction;
  }

  /** The arguments on one line, escaped: some come from the server, and may go to a terminal. */
  String text() {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.toString();
  }

  private String error(@Nullable Throwable error) {
    return error == null ? "" : "err=" + redaction.error(error);
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
  }

  private static String address(SocketAddress addr) {
    if (addr instanceof InetSocketAddress inet && inet.getAddress() != null) {
      String host = inet.getAddress().getHostAddress();
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
    return addr.toString();
  }

  @Override
  public void getConn(String hostPort) {
    text = hostPort;
  }

  @Override
  public void gotConn(GotConnInfo info) {
    text =
        "#"
            + info.connection().id()
            + " "
            + info.connection().protocol()
            + " "
            + address(info.connection().localAddress())
            + "->"
            + address(info.connection().remoteAddress())
            + " reused="
            + info.reused()
            + " wasIdle="
            + info.wasIdle()
            + (info.wasIdle() ? " idleTime=" + info.idleTime() : "");
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    text = error(error);
  }

  @Override
  public void gotFirstResponseByte() {}

  @Override
  public void got100Continue() {}

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) {
    text = code + " " + redaction.headers(header);
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    text = info.host();
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    List<String> addrs = info.addrs().stream().map(addr -> addr.getHostAddress()).toList();
    text =
        join(
            addrs.isEmpty() && info.error() != null ? "" : addrs.toString(),
            join(error(info.error()), info.coalesced() ? "coalesced" : ""));
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    text = network + " " + address(addr);
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    text = join(network + " " + address(addr), error(error));
  }

  @Override
  public void tlsHandshakeStart() {}

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    text = join(state == null ? "" : state.toString(), error(error));
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    text = key + ": " + String.join(", ", redaction.values(key, value));
  }

  @Override
  public void wroteHeaders() {}

  @Override
  public void wait100Continue() {}

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    text = error(info.error());
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    text =
        "#"
            + info.number()
            + " "
            + info.reason()
            + " "
            + info.method()
            + " "
            + redaction.uri(info.uri());
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    text = reason.toString();
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    text = address(addr);
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    text = join(status < 0 ? "" : Integer.toString(status), error(error));
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    text = info.status() + " " + info.protocol() + " " + redaction.headers(info.headers());
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    String bytes = info.bytes() == null ? "" : " " + info.bytes();
    text = join(info.outcome() + bytes, error(info.error()));
  }
}
