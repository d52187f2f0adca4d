package io.httptrace.okhttp;

import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.KnownConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Makes hooks of the events of one call.
 *
 * <p>Events of connecting come on the threads of the attempts, all others one after the other,
 * except that a duplex call writes and reads at the same time. {@code canceled} comes on any
 * thread, also on one that serves all calls: it calls no hook.
 */
final class CallListener extends EventListener {
  private final CallHooks hooks;
  private final KnownConnections<Connection> connections;

  private final RoundTripSequence roundTrips;
  private final List<ConnectAttempt> attempts = new CopyOnWriteArrayList<>();

  // Set by begin(), before there are events.
  private boolean timedSockets;
  private @Nullable String resolver;
  private volatile @Nullable Thread caller;

  private volatile boolean over;

  CallListener(CallHooks hooks, KnownConnections<Connection> connections) {
    this.hooks = hooks;
    this.connections = connections;
    this.roundTrips = new RoundTripSequence(hooks);
  }

  /** Begins the first round trip, or another one if an interceptor repeats the request. */
  void begin(Interceptor.Chain chain, Request request) {
    caller = Thread.currentThread();
    timedSockets = chain.getSocketFactory() == TimedSocketFactory.INSTANCE;
    resolver = chain.getDns() == Dns.SYSTEM ? "system" : null;
    boolean proxyKnown = chain.getProxy() != null || isNone(chain.getProxySelector());
    roundTrips.begin(chain, request, Supports.of(proxyKnown, timedSockets));
  }

  /** OkHttp puts a selector that selects nothing in the place of one where a proxy is set. */
  private static boolean isNone(ProxySelector selector) {
    return selector.getClass().getName().startsWith("okhttp3.");
  }

  void failed(Throwable thrown) {
    roundTrips.failed(thrown);
  }

  // ---- Round trips

  @Override
  public void cacheMiss(Call call) {
    roundTrips.onNetwork();
  }

  @Override
  public void cacheConditionalHit(Call call, Response cachedResponse) {
    roundTrips.onNetwork();
  }

  @Override
  public void cacheHit(Call call, Response response) {
    roundTrips.withoutNetwork();
  }

  @Override
  public void satisfactionFailure(Call call, Response response) {
    roundTrips.withoutNetwork();
  }

  @Override
  public void retryDecision(Call call, IOException exception, boolean retry) {
    TracedRoundTrip failing = roundTrips.running();
    if (failing != null) {
      failing.stop(exception);
    }
    if (retry) {
      roundTrips.retry(exception);
    }
  }

  @Override
  public void followUpDecision(Call call, Response networkResponse, @Nullable Request nextRequest) {
    if (nextRequest != null) {
      roundTrips.followUp(networkResponse, nextRequest);
    }
  }

  // ---- The connection

  /** {@return the dial that is under way, or a new one; null if the call is over} */
  private @Nullable OkHttpDial dial(Call call) {
    TracedRoundTrip user = roundTrips.running();
    return user == null
        ? null
        : user.dial(
            () -> new OkHttpDial(call, hooks, user.number(), connections.newId(), resolver));
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    roundTrips.onNetwork();
    OkHttpDial dial = dial(call);
    if (dial != null) {
      dial.dnsStart(domainName);
    }
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> inetAddressList) {
    OkHttpDial dial = dial(call);
    if (dial != null) {
      dial.dnsDone(inetAddressList, null);
    }
  }

  @Override
  public void connectStart(Call call, InetSocketAddress inetSocketAddress, Proxy proxy) {
    TracedRoundTrip user = roundTrips.running();
    if (user == null || user.connection() != null) {
      return; // It is late: another one has won, and OkHttp has cancelled this one already.
    }
    OkHttpDial dial = dial(call);
    if (dial != null) {
      attempts.add(dial.connectStart(inetSocketAddress, proxy, timedSockets));
    }
  }

  @Override
  public void secureConnectStart(Call call) {
    OkHttpDial dial = dial(call);
    if (dial != null) {
      dial.handshakeStart();
    }
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    OkHttpDial dial = dial(call);
    if (dial != null) {
      dial.handshakeEnd(handshake);
    }
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress inetSocketAddress, Proxy proxy, @Nullable Protocol protocol) {
    TracedRoundTrip user = roundTrips.running();
    if (user == null) {
      return;
    }
    // Without a protocol a proxy wants credentials, on another connection.
    OkHttpDial dial = protocol == null ? user.takeDial() : dial(call);
    if (dial != null) {
      dial.ready(inetSocketAddress, protocol);
    }
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress inetSocketAddress,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException ioe) {
    for (ConnectAttempt attempt : attempts) {
      if (attempt.isFailing(inetSocketAddress)) {
        attempt.failed(ioe);
        return;
      }
    }
    if (Thread.currentThread() != caller) {
      return; // It was connected, and OkHttp has stopped it because another one has won.
    }
    // It was connected: the tunnel or TLS has failed, on the thread of the call.
    TracedRoundTrip user = roundTrips.running();
    OkHttpDial failed = user == null ? null : user.takeDial();
    if (failed != null) {
      failed.failedWhenConnected(inetSocketAddress, ioe);
    }
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    TracedRoundTrip user = roundTrips.onNetwork();
    if (user == null) {
      return;
    }
    OkHttpDial dial = user.takeDial();
    boolean own = dial != null && dial.ended(connection, connections.knows(connection));
    long now = System.nanoTime();
    KnownConnections.Use use =
        connections.acquire(connection, dial != null && own ? dial.id() : 0, now);
    if (dial != null && own && dial.tls() != null) {
      connections.keepTls(connection, dial.tls());
    }
    user.gotConn(now, connection, AcquiredConnections.info(connections, connection, use, !own));
  }

  @Override
  public void connectionReleased(Call call, Connection connection) {
    boolean closed = connection.socket().isClosed();
    connections.release(connection, closed, System.nanoTime());
    roundTrips.released(connection, closed);
  }

  // ---- The exchange

  @Override
  public void requestHeadersStart(Call call) {
    TracedRoundTrip user = roundTrips.onNetwork();
    Connection connection = roundTrips.takeKept();
    if (user != null && user.connection() == null && connection != null) {
      KnownConnections.Use use = connections.keep(connection);
      user.gotConn(
          System.nanoTime(),
          connection,
          AcquiredConnections.info(connections, connection, use, true));
    }
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    TracedRoundTrip writing = roundTrips.running();
    if (writing != null) {
      writing.wroteHead(request);
    }
  }

  @Override
  public void requestBodyStart(Call call) {
    TracedRoundTrip writing = roundTrips.running();
    if (writing != null) {
      writing.bodyStarts();
    }
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    TracedRoundTrip writing = roundTrips.running();
    if (writing != null) {
      writing.wroteRequest(null);
    }
  }

  @Override
  public void requestFailed(Call call, IOException ioe) {
    TracedRoundTrip writing = roundTrips.running();
    if (writing != null) {
      writing.wroteRequest(ioe);
    }
  }

  @Override
  public void responseHeadersStart(Call call) {
    TracedRoundTrip reading = roundTrips.running();
    if (reading != null) {
      reading.answered();
    }
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    TracedRoundTrip reading = roundTrips.running();
    if (reading == null) {
      return;
    }
    reading.gotResponse(response);
    if (response.code() == 101) {
      // What follows is not HTTP, and the call goes on as long as it does.
      end(null);
    }
  }

  @Override
  public void responseBodyEnd(Call call, long byteCount) {
    TracedRoundTrip reading = roundTrips.running();
    if (reading != null) {
      reading.bodyEnds(byteCount);
    }
  }

  // ---- The end of the call

  @Override
  public void callEnd(Call call) {
    end(null);
  }

  @Override
  public void callFailed(Call call, IOException ioe) {
    end(ioe);
  }

  private void end(@Nullable Throwable error) {
    if (!over) {
      over = true;
      roundTrips.end(error);
      if (roundTrips.count() > 0) {
        hooks.end();
      }
    }
  }
}
