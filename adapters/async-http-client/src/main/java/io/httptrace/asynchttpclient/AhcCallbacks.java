package io.httptrace.asynchttpclient;

import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.TlsStates;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of one call of what AsyncHttpClient calls back. Callbacks come one after the other,
 * but for {@link #failed}, which may come on any thread at any time.
 */
final class AhcCallbacks {
  private final AhcCall call;

  /** The connection that was made or taken last. */
  private volatile @Nullable Channel channel;

  private volatile @Nullable AhcExchange exchange;

  AhcCallbacks(AhcCall call) {
    this.call = call;
  }

  // ---- The connection

  void poolAsked() {
    long now = System.nanoTime();
    call.tell(() -> call.connecting(now));
  }

  void pooled(Channel taken) {
    long now = System.nanoTime();
    channel = taken;
    call.tell(() -> call.connecting(now));
  }

  void lookupStarts(String host) {
    long now = System.nanoTime();
    if (!isAddress(host)) {
      dial(now, dial -> dial.lookupStarts(now, host));
    }
  }

  private static boolean isAddress(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  void lookupEnds(List<InetSocketAddress> addresses, @Nullable Throwable error) {
    long now = System.nanoTime();
    List<InetSocketAddress> found = List.copyOf(addresses);
    dialling(dial -> dial.lookupEnds(now, found, error));
  }

  void connectStarts(InetSocketAddress address) {
    long now = System.nanoTime();
    dial(now, dial -> dial.connectStarts(now, address));
  }

  void connected(Channel made) {
    long now = System.nanoTime();
    channel = made;
    dialling(dial -> dial.connected(now, made));
  }

  void connectFailed(Throwable error) {
    long now = System.nanoTime();
    dialling(dial -> dial.connectEnds(now, error));
    broken(error);
  }

  void handshakeStarts() {
    long now = System.nanoTime();
    dialling(dial -> dial.handshakeStarts(now));
  }

  void handshakeEnds(SSLSession session) {
    long now = System.nanoTime();
    Channel made = channel;
    SSLEngine engine = made == null ? null : AhcConnection.engine(made);
    TlsConnectionState state =
        engine == null ? TlsStates.of(session, "", "") : TlsStates.of(engine);
    dialling(dial -> dial.handshakeEnds(now, state, null));
  }

  void handshakeFailed(Throwable error) {
    long now = System.nanoTime();
    dialling(dial -> dial.handshakeEnds(now, null, error));
    broken(error);
  }

  private void broken(Throwable error) {
    call.tell(
        () -> {
          AhcRoundTrip user = call.running();
          if (user != null) {
            user.broken(error);
          }
        });
  }

  private void dial(long now, Consumer<AhcDial> event) {
    call.tell(
        () -> {
          AhcDial dial = call.dial(now);
          if (dial != null) {
            event.accept(dial);
          }
        });
  }

  private void dialling(Consumer<AhcDial> event) {
    call.tell(
        () -> {
          AhcDial dial = call.dialling();
          if (dial != null) {
            event.accept(dial);
          }
        });
  }

  void offered(Channel given) {
    long now = System.nanoTime();
    call.tell(() -> call.offered(now, given));
  }

  // ---- The exchange

  void sends(NettyRequest request) {
    Channel on = channel;
    if (on == null) {
      return;
    }
    long now = System.nanoTime();
    AhcConnection connection = AhcConnection.of(on);
    boolean http2 = AhcConnection.isHttp2(on.pipeline());
    HttpRequest http = request.getHttpRequest();
    boolean tunnel =
        http.method().equals(HttpMethod.CONNECT) && !call.request().getMethod().equals("CONNECT");
    boolean expects =
        HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(
            http.headers().get(HttpHeaderNames.EXPECT));
    AhcExchange begun =
        new AhcExchange(call, http, tunnel, expects && (http2 || request.getBody() != null));
    call.tell(
        () -> {
          if (tunnel) {
            AhcDial dial = call.dial(now);
            if (dial != null) {
              dial.tunnelStarts(now, on.remoteAddress());
            }
            begun.belongsTo(call.running());
          } else {
            begun.belongsTo(call.gotConn(now, on, http2));
          }
        });
    exchange = begun;
    connection.begin(on, begun);
  }

  void retries() {
    long now = System.nanoTime();
    release();
    call.tell(() -> call.retries(now));
  }

  void delivered(HttpResponseStatus status) {
    long now = System.nanoTime();
    String protocol = status.getProtocolText();
    String name = protocol.startsWith("HTTP/2") ? "HTTP/2" : protocol;
    call.tell(() -> call.delivered(now, status.getStatusCode(), name));
  }

  void aborted() {
    call.tell(call::aborted);
  }

  // ---- The end

  void completed() {
    long now = System.nanoTime();
    release();
    call.tell(() -> call.completed(now));
  }

  void failed(Throwable error) {
    long now = System.nanoTime();
    release();
    call.tell(() -> call.failed(now, error));
  }

  private void release() {
    Channel on = channel;
    AhcExchange ended = exchange;
    if (on != null && ended != null) {
      exchange = null;
      AhcConnection.end(on, ended);
    }
  }
}
