package io.httptrace.client.h2c;

import io.httptrace.ConnectionInfo;
import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.Protocol;
import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.http2.Http2Config;
import io.httptrace.client.http2.Http2Connection;
import io.httptrace.client.netty.ReadTime;
import io.httptrace.client.pool.PooledConnection;
import io.httptrace.client.route.PoolKey;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection that begins in HTTP/1.1, and switches to HTTP/2 if the server accepts that in its
 * response to the first request (RFC 7540, section 3.2). From then on it is shared.
 */
public final class UpgradingConnection implements PooledConnection {
  private final Http1Connection http1;
  private final Http2Config config;
  private volatile boolean asked;
  private volatile @Nullable Http2Connection http2;
  private volatile @Nullable Runnable onRoom;

  public UpgradingConnection(Http1Connection http1, Http2Config config) {
    this.http1 = http1;
    this.config = config;
  }

  private PooledConnection current() {
    Http2Connection upgraded = http2;
    return upgraded == null ? http1 : upgraded;
  }

  @Override
  public List<Field> upgradeFields() {
    if (asked) {
      return List.of();
    }
    return List.of(
        new Field("Connection", List.of("Upgrade, HTTP2-Settings")),
        new Field("Upgrade", List.of("h2c")),
        new Field("HTTP2-Settings", List.of(Http2Connection.settingsToken(config.maxHeadBytes()))));
  }

  @Override
  public ExchangeCodec codec() {
    if (asked) {
      return current().codec();
    }
    asked = true;
    return new UpgradingExchange(this, http1);
  }

  /**
   * The server has switched to HTTP/2, and responds there. Called on the event loop.
   *
   * @param method the method of the request
   * @param listener gets the response
   * @return the rest of the exchange, or null if the client has been closed
   */
  @Nullable ExchangeCodec upgrade(String method, ExchangeCodec.Listener listener) {
    Http2Connection.Upgraded upgraded =
        Http2Connection.upgrade(http1.key(), http1.id(), http1.channel(), config);
    Http2Connection connection = upgraded.connection();
    Runnable action = onRoom;
    if (action != null) {
      connection.onRoom(action);
    }
    ExchangeCodec rest = upgraded.first(method, listener);
    http2 = connection;
    if (!http1.switchTo(upgraded.handlers())) {
      return null;
    }
    upgraded.started();
    if (action != null) {
      action.run();
    }
    return rest;
  }

  @Override
  public Protocol protocol() {
    return current().protocol();
  }

  @Override
  public boolean shared() {
    return http2 != null;
  }

  @Override
  public int capacity() {
    return current().capacity();
  }

  @Override
  public boolean silent() {
    return current().silent();
  }

  @Override
  public void onRoom(Runnable action) {
    onRoom = action;
  }

  @Override
  public PoolKey key() {
    return http1.key();
  }

  @Override
  public long id() {
    return http1.id();
  }

  @Override
  public ConnectionInfo info() {
    return current().info();
  }

  @Override
  public @Nullable SSLSession sslSession() {
    return http1.sslSession();
  }

  @Override
  public ReadTime readTime() {
    return http1.readTime();
  }

  @Override
  public boolean isUsable() {
    return current().isUsable();
  }

  @Override
  public @Nullable Throwable failure() {
    return current().failure();
  }

  @Override
  public void close() {
    current().close();
  }

  @Override
  public void onClosed(Runnable action) {
    http1.onClosed(action);
  }
}
