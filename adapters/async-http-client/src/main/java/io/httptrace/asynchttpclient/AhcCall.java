package io.httptrace.asynchttpclient;

import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.KnownConnections;
import io.httptrace.adapter.TlsStates;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.asynchttpclient.Request;
import org.asynchttpclient.exception.RemotelyClosedException;
import org.asynchttpclient.proxy.ProxyServer;
import org.jspecify.annotations.Nullable;

/**
 * One call: its round trips, one after the other.
 *
 * <p>Everything here is used by one event at a time, inside {@link #tell}.
 */
final class AhcCall {
  private final CallHooks hooks;
  private final AhcSettings settings;
  private final Request request;
  private final AhcEvents events = new AhcEvents();

  private int count;
  private @Nullable AhcRoundTrip running;
  private @Nullable AhcRoundTrip before;
  private boolean retrying;
  private boolean aborted;
  private boolean over;

  AhcCall(CallHooks hooks, AhcSettings settings, Request request) {
    this.hooks = hooks;
    this.settings = settings;
    this.request = request;
  }

  Request request() {
    return request;
  }

  /** Tells an event of this call, after those before it. */
  void tell(Runnable event) {
    events.tell(event);
  }

  // ---- Round trips

  /**
   * {@return the round trip that an event of getting a connection belongs to: a new one if the last
   * one has its response, or is to be repeated; null if the call is over}
   */
  @Nullable AhcRoundTrip connecting(long now) {
    if (over) {
      return null;
    }
    AhcRoundTrip last = running;
    if (last == null) {
      return start(now, RoundTripReason.FIRST, first());
    }
    if (retrying) {
      retrying = false;
      return start(now, RoundTripReason.RETRY, last.target());
    }
    if (last.status() == 0 && last.refused() == 0) {
      return last;
    }
    if (last.status() == 0) {
      last.failed(now, RoundTripOutcome.FAILED, refusal(last.refused()));
    } else {
      last.completed(now, true);
    }
    return start(now, reasonAfter(last), targetAfter(last));
  }

  private AhcTarget first() {
    return new AhcTarget(request.getMethod(), request.getUri());
  }

  private static RoundTripReason reasonAfter(AhcRoundTrip last) {
    return last.status() / 100 == 3 ? RoundTripReason.REDIRECT : RoundTripReason.AUTHENTICATION;
  }

  private AhcTarget targetAfter(AhcRoundTrip last) {
    String location = last.location();
    return last.status() / 100 != 3 || location == null
        ? last.target()
        : last.target().redirected(last.status(), location, settings.keepsMethodOn302());
  }

  private AhcRoundTrip start(long now, RoundTripReason reason, AhcTarget target) {
    giveBack(before, now);
    before = running;
    AhcRoundTrip started = new AhcRoundTrip(hooks, ++count, target);
    running = started;
    ProxyServer proxy = settings.proxy(request, target.uri());
    boolean socks = proxy != null && proxy.getProxyType().isSocks();
    started.start(now, reason, socks ? AhcSupport.SOCKS : AhcSupport.DIRECT);
    started.getConn(now, target.hostPort(proxy));
    return started;
  }

  static IOException refusal(int status) {
    return new IOException("the proxy has answered CONNECT with " + status);
  }

  // ---- The connection

  /** {@return the dial that is under way, or a new one; null if the call is over} */
  @Nullable AhcDial dial(long now) {
    AhcRoundTrip user = connecting(now);
    return user == null ? null : user.dial(settings, settings.resolver(request));
  }

  /** {@return the round trip that is under way; null if there is none, or the call is over} */
  @Nullable AhcRoundTrip running() {
    return over ? null : running;
  }

  /** {@return the dial that is under way; null if there is none} */
  @Nullable AhcDial dialling() {
    AhcRoundTrip user = running;
    return over || user == null ? null : user.dial();
  }

  /**
   * The request is about to be sent on a connection.
   *
   * @return the round trip; null if the call is over
   */
  @Nullable AhcRoundTrip gotConn(long now, Channel channel, boolean http2) {
    AhcRoundTrip user = connecting(now);
    if (user == null || user.channel() != null) {
      return user;
    }
    KnownConnections<Channel> known = settings.connections();
    AhcDial dial = user.dial();
    AhcRoundTrip last = before;
    boolean own = dial != null && dial.channel() == channel;
    boolean kept = last != null && last.channel() == channel && !last.released();
    KnownConnections.Use use;
    if (kept && last != null) {
      last.release();
      use = known.keep(channel);
    } else {
      use = known.acquire(channel, own && dial != null ? dial.id() : 0, now);
    }
    boolean idle = !own && !kept && use.users() == 0;
    ConnectionInfo info =
        ConnectionInfo.of(
            use.id(),
            address(channel.localAddress()),
            address(channel.remoteAddress()),
            http2 ? "HTTP/2" : "HTTP/1.1",
            tls(channel, own ? dial : null),
            // Calls without a trace are not counted.
            own ? 0 : Math.max(1, use.requestsBefore()));
    Duration idleTime = idle ? Duration.ofNanos(use.idleNanos()) : Duration.ZERO;
    user.gotConn(now, channel, http2, GotConnInfo.of(info, !own, idle, idleTime));
    return user;
  }

  private @Nullable TlsConnectionState tls(Channel channel, @Nullable AhcDial dial) {
    KnownConnections<Channel> known = settings.connections();
    TlsConnectionState tls = dial == null ? known.tls(channel) : dial.tls();
    SSLEngine engine = tls == null ? AhcConnection.engine(channel) : null;
    if (engine != null) {
      tls = TlsStates.of(engine);
    }
    if (tls != null) {
      known.keepTls(channel, tls);
    }
    return tls;
  }

  /** A channel that has been closed meanwhile knows its addresses no more. */
  private static SocketAddress address(@Nullable SocketAddress told) {
    return told == null ? new InetSocketAddress(0) : told;
  }

  /** AsyncHttpClient puts a connection back into its pool. */
  void offered(long now, Channel channel) {
    for (AhcRoundTrip user : new @Nullable AhcRoundTrip[] {running, before}) {
      if (user != null && user.channel() == channel && !user.released()) {
        user.release();
        user.offered(now);
        settings.connections().release(channel, false, now);
        return;
      }
    }
  }

  private void giveBack(@Nullable AhcRoundTrip user, long now) {
    Channel channel = user == null ? null : user.channel();
    if (user != null && channel != null && !user.released()) {
      user.release();
      settings.connections().release(channel, !channel.isActive(), now);
    }
  }

  // ---- The end

  /** The running round trip has failed and is to be repeated. */
  void retries(long now) {
    AhcRoundTrip failed = running;
    if (over || failed == null) {
      return;
    }
    Throwable error = failed.error();
    retrying = true;
    if (failed.status() == 0) {
      failed.failed(
          now, RoundTripOutcome.FAILED, error == null ? RemotelyClosedException.INSTANCE : error);
    } else {
      failed.completed(now, true); // A filter repeats the request because of the response.
    }
  }

  /** The application's handler has seen enough of the response. */
  void aborted() {
    aborted = true;
  }

  /** The application's handler gets a response, which may be one that is not told as such. */
  void delivered(long now, int status, String protocol) {
    AhcRoundTrip user = running;
    if (!over && user != null) {
      user.response(now, status, protocol, Map.of());
    }
  }

  void completed(long now) {
    AhcRoundTrip last = running;
    if (over || last == null) {
      return;
    }
    over = true;
    last.completed(now, !aborted);
    end(now);
  }

  void failed(long now, Throwable error) {
    if (over) {
      return;
    }
    AhcRoundTrip last = running == null ? start(now, RoundTripReason.FIRST, first()) : running;
    over = true;
    last.failed(now, AhcFailures.outcome(error), error);
    end(now);
  }

  boolean isOver() {
    return over;
  }

  private void end(long now) {
    giveBack(before, now);
    AhcRoundTrip last = running;
    giveBack(last, now);
    hooks.end();
  }
}
