package io.httptrace.benchmarks.peers.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads the clock at each event of a call. */
final class NanoListener extends EventListener {
  /** Kept so that no compiler may drop the records. */
  static volatile long @Nullable [] last;

  private final long[] at = new long[32];
  private int n;

  private void mark() {
    if (n < at.length) {
      at[n++] = System.nanoTime();
    }
  }

  private void end() {
    mark();
    if (at[0] == 42) {
      last = at;
    }
  }

  @Override
  public void callStart(Call c) {
    mark();
  }

  @Override
  public void dispatcherQueueStart(Call c, okhttp3.Dispatcher d) {
    mark();
  }

  @Override
  public void dispatcherQueueEnd(Call c, okhttp3.Dispatcher d) {
    mark();
  }

  @Override
  public void proxySelectStart(Call c, HttpUrl u) {
    mark();
  }

  @Override
  public void proxySelectEnd(Call c, HttpUrl u, List<Proxy> p) {
    mark();
  }

  @Override
  public void dnsStart(Call c, String d) {
    mark();
  }

  @Override
  public void dnsEnd(Call c, String d, List<InetAddress> a) {
    mark();
  }

  @Override
  public void connectStart(Call c, InetSocketAddress a, Proxy p) {
    mark();
  }

  @Override
  public void secureConnectStart(Call c) {
    mark();
  }

  @Override
  public void secureConnectEnd(Call c, Handshake h) {
    mark();
  }

  @Override
  public void connectEnd(Call c, InetSocketAddress a, Proxy p, Protocol pr) {
    mark();
  }

  @Override
  public void connectFailed(Call c, InetSocketAddress a, Proxy p, Protocol pr, IOException e) {
    mark();
  }

  @Override
  public void connectionAcquired(Call c, Connection k) {
    mark();
  }

  @Override
  public void connectionReleased(Call c, Connection k) {
    mark();
  }

  @Override
  public void requestHeadersStart(Call c) {
    mark();
  }

  @Override
  public void requestHeadersEnd(Call c, Request r) {
    mark();
  }

  @Override
  public void requestBodyStart(Call c) {
    mark();
  }

  @Override
  public void requestBodyEnd(Call c, long b) {
    mark();
  }

  @Override
  public void requestFailed(Call c, IOException e) {
    mark();
  }

  @Override
  public void responseHeadersStart(Call c) {
    mark();
  }

  @Override
  public void responseHeadersEnd(Call c, Response r) {
    mark();
  }

  @Override
  public void responseBodyStart(Call c) {
    mark();
  }

  @Override
  public void responseBodyEnd(Call c, long b) {
    mark();
  }

  @Override
  public void responseFailed(Call c, IOException e) {
    mark();
  }

  @Override
  public void callEnd(Call c) {
    end();
  }

  @Override
  public void callFailed(Call c, IOException e) {
    end();
  }

  @Override
  public void canceled(Call c) {
    mark();
  }
}
