package io.httptrace;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two traces as one: each hook of the newer is called, then the same hook of the older.
 *
 * <p>If a hook throws, the other is still called; then the first throwable is rethrown, with the
 * second as suppressed.
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

  /** {@return the traces that a trace is composed of, in the order in which they are called} */
  static List<ClientTrace> partsOf(ClientTrace trace) {
    if (!(trace instanceof ComposedTrace)) {
      return List.of(trace);
    }
    List<ClientTrace> parts = new ArrayList<>();
    collect(trace, parts);
    return List.copyOf(parts);
  }

  private static void collect(ClientTrace trace, List<ClientTrace> parts) {
    if (trace instanceof ComposedTrace both) {
      collect(both.newer, parts);
      collect(both.older, parts);
    } else if (parts.stream().noneMatch(part -> part == trace)) {
      parts.add(trace);
    }
  }

  /** A hook with up to two arguments. It captures nothing, so that a call allocates no object. */
  private interface Hook<A, B, X extends Exception> {
    void call(ClientTrace trace, A first, B second) throws X;
  }

  @SuppressWarnings("NullAway") // An argument is passed on as it came: null where the hook says so.
  private <A, B, X extends Exception> void both(Hook<A, B, X> hook, @Nullable A a, @Nullable B b)
      throws X {
    try {
      hook.call(newer, a, b);
    } catch (Throwable first) {
      try {
        hook.call(older, a, b);
      } catch (Throwable second) {
        suppress(first, second);
      }
      throw first;
    }
    hook.call(older, a, b);
  }

  private <A> void both(BiConsumer<ClientTrace, A> hook, @Nullable A argument) {
    both((trace, call, a) -> call.accept(trace, a), hook, argument);
  }

  private void both(Consumer<ClientTrace> hook) {
    both((trace, call) -> call.accept(trace), hook);
  }

  @Override
  public boolean nonBlocking() {
    return newer.nonBlocking() && older.nonBlocking();
  }

  /** Checks for the same instance: two hooks may throw it, and it cannot suppress itself. */
  private static void suppress(Throwable first, Throwable second) {
    if (first != second) {
      first.addSuppressed(second);
    }
  }

  @Override
  public void getConn(String hostPort) {
    both(ClientTrace::getConn, hostPort);
  }

  @Override
  public void gotConn(GotConnInfo info) {
    both(ClientTrace::gotConn, info);
  }

  @Override
  public void putIdleConn(@Nullable Throwable error) {
    both(ClientTrace::putIdleConn, error);
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
  public void got1xxResponse(int code, Map<String, List<String>> header) throws IOException {
    both(ClientTrace::got1xxResponse, code, header);
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    both(ClientTrace::dnsStart, info);
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    both(ClientTrace::dnsDone, info);
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    both(ClientTrace::connectStart, network, addr);
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
    both(ClientTrace::tlsHandshakeDone, state, error);
  }

  @Override
  public void wroteHeaderField(String key, List<String> value) {
    both(ClientTrace::wroteHeaderField, key, value);
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
    both(ClientTrace::wroteRequest, info);
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    both(ClientTrace::roundTripStart, info);
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    both(ClientTrace::connWaitStart, reason);
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    both(ClientTrace::proxyConnectStart, addr);
  }

  @Override
  public void proxyConnectDone(int status, @Nullable Throwable error) {
    both(ClientTrace::proxyConnectDone, status, error);
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    both(ClientTrace::gotResponse, info);
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    both(ClientTrace::roundTripDone, info);
  }

  @Override
  public String toString() {
    return newer + ", " + older;
  }
}
