package io.httptrace.jdk;

import io.httptrace.ClientTrace;
import io.httptrace.ConnWaitReason;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.EventStamp;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.TlsConnectionState;
import io.httptrace.WroteRequestInfo;
import io.httptrace.conformance.time.Waiting;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The hooks of requests, in the order in which they are called. */
class SeenHooks implements ClientTrace {
  private final List<String> events = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final Set<String> fields = new TreeSet<>();
  private final Set<String> threads = new TreeSet<>();
  private int open;

  private synchronized void add(String event) {
    events.add(event);
    times.add(EventStamp.currentNanoTime());
    threads.add(Thread.currentThread().getName());
    notifyAll();
  }

  /** {@return all events, when each round trip that has begun has ended} */
  synchronized List<String> events() throws InterruptedException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (open > 0 || events.isEmpty()) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("not ended: " + events);
      }
      wait(left);
    }
    return List.copyOf(events);
  }

  /** Waits for an event. */
  synchronized void await(String event) throws InterruptedException {
    long end = System.nanoTime() + Waiting.LIMIT.toNanos();
    while (!events.contains(event)) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new AssertionError("no " + event + ": " + events);
      }
      wait(left);
    }
  }

  /** {@return the events up to now} */
  synchronized List<String> soFar() {
    return List.copyOf(events);
  }

  /** {@return the names of the fields of the request that were told} */
  synchronized Set<String> fields() {
    return new TreeSet<>(fields);
  }

  synchronized List<Long> times() {
    return List.copyOf(times);
  }

  /** {@return the names of the threads on which hooks ran} */
  synchronized Set<String> threads() {
    return new TreeSet<>(threads);
  }

  private static String error(Throwable error) {
    return error == null ? "none" : error.getClass().getSimpleName();
  }

  @Override
  public void getConn(String hostPort) {
    add("getConn");
  }

  @Override
  public void gotConn(GotConnInfo info) {
    add("gotConn(reused=" + info.reused() + " wasIdle=" + info.wasIdle() + ")");
  }

  @Override
  public void putIdleConn(Throwable error) {
    add("putIdleConn(" + error(error) + ")");
  }

  @Override
  public void gotFirstResponseByte() {
    add("gotFirstResponseByte");
  }

  @Override
  public void got100Continue() {
    add("got100Continue");
  }

  @Override
  public void got1xxResponse(int code, Map<String, List<String>> header)
      throws java.io.IOException {
    add("got1xxResponse(" + code + ")");
  }

  @Override
  public void dnsStart(DnsStartInfo info) {
    add("dnsStart(" + info.host() + ")");
  }

  @Override
  public void dnsDone(DnsDoneInfo info) {
    add("dnsDone(" + info.addrs() + " " + error(info.error()) + ")");
  }

  @Override
  public void connectStart(String network, SocketAddress addr) {
    add("connectStart");
  }

  @Override
  public void connectDone(String network, SocketAddress addr, Throwable error) {
    add("connectDone(" + error(error) + ")");
  }

  @Override
  public void tlsHandshakeStart() {
    add("tlsHandshakeStart");
  }

  @Override
  public void tlsHandshakeDone(TlsConnectionState state, Throwable error) {
    add(
        "tlsHandshakeDone("
            + (state == null ? "" : state.version() + " " + state.applicationProtocol() + " ")
            + error(error)
            + ")");
  }

  @Override
  public synchronized void wroteHeaderField(String key, List<String> value) {
    fields.add(key);
    if (events.isEmpty() || !events.get(events.size() - 1).equals("wroteHeaderField")) {
      add("wroteHeaderField");
    }
  }

  @Override
  public void wroteHeaders() {
    add("wroteHeaders");
  }

  @Override
  public void wait100Continue() {
    add("wait100Continue");
  }

  @Override
  public void wroteRequest(WroteRequestInfo info) {
    add("wroteRequest(" + error(info.error()) + ")");
  }

  @Override
  public void roundTripStart(RoundTripStartInfo info) {
    synchronized (this) {
      open++;
    }
    add("roundTripStart(" + info.number() + " " + info.reason() + ")");
  }

  @Override
  public void connWaitStart(ConnWaitReason reason) {
    add("connWaitStart");
  }

  @Override
  public void proxyConnectStart(SocketAddress addr) {
    add("proxyConnectStart");
  }

  @Override
  public void proxyConnectDone(int status, Throwable error) {
    add("proxyConnectDone(" + status + " " + error(error) + ")");
  }

  @Override
  public void gotResponse(GotResponseInfo info) {
    add("gotResponse(" + info.status() + " " + info.protocol() + ")");
  }

  @Override
  public void roundTripDone(RoundTripDoneInfo info) {
    add("roundTripDone(" + info.outcome() + " " + error(info.error()) + ")");
    synchronized (this) {
      open--;
      notifyAll();
    }
  }
}
