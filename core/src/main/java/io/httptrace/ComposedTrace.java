package io.httptrace;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two traces as one: each hook of the newer is called, then the same hook of the older.
 *
 * <p>A hook that throws does not keep the other from being called; then the first throwable is
 * thrown on, with the second as suppressed.
 */
final class ComposedTrace implements ClientTrace {
  private final ClientTrace newer;
  private final ClientTrace older;

  private ComposedTrace(ClientTrace newer, ClientTrace older) {
    this.newer = newer;
    this.older = older;
  }

  /**
   * {@return a trace that calls {@code newer} and then {@code older}} A trace that is part of both
   * is called once, at its newer place.
   */
  static ClientTrace compose(ClientTrace newer, ClientTrace older) {
    List<ClientTrace> parts = new ArrayList<>();
    collect(newer, parts);
    collect(older, parts);
    ClientTrace composed = parts.get(parts.size() - 1);
    for (int i = parts.size() - 2; i >= 0; i--) {
      composed = new ComposedTrace(parts.get(i), composed);
    }
    return composed;
  }

  private static void collect(ClientTrace trace, List<ClientTrace> parts) {
    if (trace instanceof ComposedTrace both) {
      collect(both.newer, parts);
      collect(both.older, parts);
    } else if (parts.stream().noneMatch(part -> part == trace)) {
      parts.add(trace);
    }
  }

  private void both(Consumer<ClientTrace> hook) {
    try {
      hook.accept(newer);
    } catch (Throwable first) {
      try {
        hook.accept(older);
      } catch (Throwable second) {
        suppress(first, second);
      }
      throw first;
    }
    hook.accept(older);
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
    try {
      newer.got1xxResponse(code, header);
    } catch (Throwable first) {
      try {
        older.got1xxResponse(code, header);
      } catch (Throwable second) {
        suppress(first, second);
      }
      throw first;
    }
    older.got1xxResponse(code, header);
  }

  /** An exception cannot suppress itself: two hooks may throw one and the same. */
  private static void suppress(Throwable first, Throwable second) {
    if (first != second) {
      first.addSuppressed(second);
    }
  }

  @Override
  public void getConn(String hostPort) {
    both(trace -> trace.getConn(hostPort));
  }

  @Override
  public void gotConn(GotConnInfo info) {
    both(trace -> trace.gotConn(info));
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    both(trace -> trace.putIdleConn(error));
  }

  @Override
  public void gotFirstResponseByte() {
    both(ClientTrace::gotFirstResponseByte);
  }

  @Override
  public void got100Continue() {
    both(ClientTrace::got100Continue);
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    both(trace -> trace.dnsStart(info));
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    both(trace -> trace.dnsDone(info));
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    both(trace -> trace.connectStart(network, addr));
  }

  @Override
  public void connectDone(String network, SocketAddress addr, @Nullable Throwable error) {
    both(trace -> trace.connectDone(network, addr, error));
  }

  @Override
  public void tlsHandshakeStart() {
    both(ClientTrace::tlsHandshakeStart);
  }

  @Override
  public void tlsHandshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    both(trace -> trace.tlsHandshakeDone(state, error));
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    both(trace -> trace.wroteHeaderField(key, value));
  }

  @Override
  public void wroteHeaders() {
    both(ClientTrace::wroteHeaders);
  }

  @Override
  public void wait100Continue() {
    both(ClientTrace::wait100Continue);
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    both(trace -> trace.wroteRequest(info));
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    both(trace -> trace.roundTripStart(info));
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    both(trace -> trace.connWaitStart(reason));
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    both(trace -> trace.proxyConnectStart(addr));
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    both(trace -> trace.proxyConnectDone(status, error));
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    both(trace -> trace.gotResponse(info));
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    both(trace -> trace.roundTripDone(info));
  }
}
