package io.httptrace.conformance.http2;

import static java.util.Objects.requireNonNull;

import io.httptrace.conformance.server.ConnectionScript;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.server.ServerTls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 server that follows the protocol: a handler answers every request, with flow control,
 * replies to SETTINGS and PING, and a limit for streams. It has one thread for each connection, and
 * counts streams. Its scripts are for a {@link io.httptrace.conformance.server.ScriptedServer}.
 */
public final class Http2Service {
  private final Http2Responder handler;
  private final Http2Settings settings;
  private final int goAwayAfter;
  private final List<ServiceConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  private Http2Service(Http2Responder handler, Http2Settings settings, int goAwayAfter) {
    this.handler = requireNonNull(handler, "handler");
    this.settings = requireNonNull(settings, "settings");
    this.goAwayAfter = goAwayAfter;
  }

  /**
   * {@return a service with all settings at their defaults}
   *
   * @param handler answers the requests
   */
  public static Http2Service answering(Http2Responder handler) {
    return new Http2Service(handler, Http2Settings.none(), Integer.MAX_VALUE);
  }

  /**
   * {@return a service with the same handler and other settings} Streams above a limit in them are
   * refused.
   *
   * @param others the settings
   */
  public Http2Service with(Http2Settings others) {
    return new Http2Service(handler, others, goAwayAfter);
  }

  /**
   * {@return a service with the same handler that sends GOAWAY once a connection has had so many
   * streams; it answers those, and closes the connection}
   *
   * @param count how many
   */
  public Http2Service goAwayAfter(int count) {
    return new Http2Service(handler, settings, count);
  }

  /** {@return the script for clear text with prior knowledge} */
  public ConnectionScript clearText() {
    return connection -> serve(connection, null);
  }

  /** {@return the script for clear text after {@code Upgrade: h2c}} */
  public ConnectionScript upgraded() {
    return connection -> {
      Upgrade upgrade = Upgrade.read(connection);
      connection.send(Upgrade.SWITCHING);
      serve(connection, upgrade);
    };
  }

  /**
   * {@return the script for TLS with HTTP/2 only}
   *
   * @param tls how TLS is spoken; the protocols are replaced by {@code h2}
   */
  public ConnectionScript secured(ServerTls tls) {
    return connection -> {
      ScriptedHttp2Connection.overTls(connection, tls);
      serve(connection, null);
    };
  }

  /**
   * {@return the script for TLS with HTTP/2 or HTTP/1.1, as the client chooses}
   *
   * @param tls how TLS is spoken; the protocols are replaced by both
   * @param http1 the script if the client chooses HTTP/1.1
   */
  public ConnectionScript secured(ServerTls tls, ConnectionScript http1) {
    return connection -> {
      connection.startTls(tls.protocols("h2", "http/1.1"));
      if (connection.applicationProtocol().equals("h2")) {
        serve(connection, null);
      } else {
        http1.run(connection);
      }
    };
  }

  /** {@return how many connections have used HTTP/2} */
  public int connections() {
    return connections.size();
  }

  /** {@return how many streams clients have opened in all, refused ones included} */
  public int streams() {
    return streams.get();
  }

  /** {@return how many streams were refused because there were too many at once} */
  public int refused() {
    return refused.get();
  }

  /** {@return how many streams clients have reset} */
  public int resets() {
    return resets.get();
  }

  /**
   * {@return the largest number of streams that were open on one connection at the same time;
   * refused ones count too}
   */
  public int mostStreamsAtOnce() {
    return mostAtOnce.get();
  }

  /** {@return how many streams each connection has had, in the order of the connections} */
  public List<Integer> streamsByConnection() {
    return connections.stream().map(ServiceConnection::streams).toList();
  }

  private void serve(ServerConnection connection, @Nullable Upgrade first) throws Exception {
    ServiceConnection service = new ServiceConnection(connection, this);
    connections.add(service);
    service.run(first);
  }

  Http2Settings settings() {
    return settings;
  }

  int goAwayAfter() {
    return goAwayAfter;
  }

  Http2Answer answer(Http2Request request) throws IOException {
    try {
      return handler.answer(request);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("no answer to " + request, e);
    }
  }

  void countStream(int atOnce) {
    streams.incrementAndGet();
    mostAtOnce.accumulateAndGet(atOnce, Math::max);
  }

  void countRefused() {
    refused.incrementAndGet();
  }

  void countReset() {
    resets.incrementAndGet();
  }
}
