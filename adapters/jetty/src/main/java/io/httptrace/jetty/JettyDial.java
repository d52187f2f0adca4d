package io.httptrace.jetty;

import io.httptrace.ClientTrace;
import io.httptrace.DnsDoneInfo;
import io.httptrace.DnsStartInfo;
import io.httptrace.Hook;
import io.httptrace.TlsConnectionState;
import io.httptrace.adapter.CallHooks.HookCall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The making of one connection: lookup, attempts to connect, TLS, a proxy's tunnel. Jetty makes
 * connections for those who wait, and not for a certain request: the first one that waits and has
 * no dial of its own counts as the one that it is for.
 */
final class JettyDial {
  private final long id;
  private final Map<String, Object> context;

  /** For whom it is; null when it is over, so that a connection does not keep it. */
  private volatile @Nullable JettyRoundTrip owner;

  // Guarded by the call of the owner.
  private boolean lookingUp;
  private int left;
  private @Nullable InetSocketAddress connecting;
  private @Nullable InetSocketAddress peer;
  private boolean handshaking;
  private boolean tunnelWaits;
  private boolean tunnelling;

  private volatile @Nullable Connection connection;
  private volatile @Nullable TlsConnectionState tls;

  /**
   * Begins a dial.
   *
   * @param owner for whom
   * @param id the id that the connection will have
   * @param context Jetty's context of the new connection
   */
  JettyDial(JettyRoundTrip owner, long id, Map<String, Object> context) {
    this.owner = owner;
    this.id = id;
    this.context = context;
  }

  /** {@return the dial of the connection that a request for a tunnel is sent on; null if none} */
  static @Nullable JettyDial ofTunnel(Request request) {
    return HttpMethod.CONNECT.is(request.getMethod())
        ? JettyDialEndPoint.dialOf(request.getConnection())
        : null;
  }

  long id() {
    return id;
  }

  Map<String, Object> context() {
    return context;
  }

  /** {@return whether nothing more is told of it} */
  boolean isOver() {
    return owner == null;
  }

  /** {@return whether it has made a connection} */
  boolean isOf(Connection other) {
    return connection == other;
  }

  /** {@return whether it has made a connection whose handshake goes on} */
  boolean isHandshakingFor(Connection other) {
    return handshaking && isOf(other);
  }

  /** {@return what TLS has negotiated; null if there was no handshake, or it is not over} */
  @Nullable TlsConnectionState tls() {
    return tls;
  }

  private void note(Consumer<JettyRoundTrip> change) {
    JettyRoundTrip round = owner;
    if (round != null) {
      round
          .call()
          .note(
              () -> {
                if (owner != null) {
                  change.accept(round);
                }
              });
    }
  }

  private void add(JettyRoundTrip round, Hook hook, long at, HookCall call) {
    round.call().add(hook, at, round.number(), id, call);
  }

  // ---- The lookup

  void dnsStart(String host) {
    long now = System.nanoTime();
    note(
        round -> {
          lookingUp = true;
          add(round, Hook.DNS_START, now, trace -> trace.dnsStart(DnsStartInfo.of(host)));
        });
  }

  void dnsDone(List<InetAddress> addresses, @Nullable Throwable error, @Nullable String resolver) {
    long now = System.nanoTime();
    note(round -> addDnsDone(round, now, DnsDoneInfo.of(addresses, error, false, resolver)));
  }

  private void addDnsDone(JettyRoundTrip round, long at, DnsDoneInfo info) {
    if (lookingUp) {
      lookingUp = false;
      add(round, Hook.DNS_DONE, at, trace -> trace.dnsDone(info));
    }
  }

  // ---- Connecting

  void connectStart(InetSocketAddress address) {
    long now = System.nanoTime();
    note(
        round -> {
          connecting = address;
          peer = address;
          add(round, Hook.CONNECT_START, now, trace -> trace.connectStart("tcp", address));
        });
  }

  void connectDone(@Nullable Throwable error) {
    long now = System.nanoTime();
    note(round -> addConnectDone(round, now, error));
  }

  private void addConnectDone(JettyRoundTrip round, long at, @Nullable Throwable error) {
    InetSocketAddress address = connecting;
    if (address != null) {
      connecting = null;
      add(round, Hook.CONNECT_DONE, at, trace -> trace.connectDone("tcp", address, error));
    }
  }

  // ---- TLS, with the proxy or the target

  void handshakeStart() {
    long now = System.nanoTime();
    note(
        round -> {
          handshaking = true;
          add(round, Hook.TLS_HANDSHAKE_START, now, ClientTrace::tlsHandshakeStart);
        });
  }

  void handshakeDone(@Nullable TlsConnectionState state, @Nullable Throwable error) {
    long now = System.nanoTime();
    note(
        round -> {
          addHandshakeDone(round, now, state, error);
          if (state != null) {
            tls = state;
            round.handshakeDone(now);
            if (tunnelWaits) {
              tunnelWaits = false;
              addTunnelStart(round, now);
            }
            endIfReady();
          }
        });
  }

  private void addHandshakeDone(
      JettyRoundTrip round,
      long at,
      @Nullable TlsConnectionState state,
      @Nullable Throwable error) {
    if (handshaking) {
      handshaking = false;
      add(round, Hook.TLS_HANDSHAKE_DONE, at, trace -> trace.tlsHandshakeDone(state, error));
    }
  }

  // ---- The tunnel of a proxy

  void tunnelStart() {
    long now = System.nanoTime();
    note(
        round -> {
          // Without ALPN Jetty writes the request as the first thing that TLS has to encrypt.
          tunnelWaits = handshaking;
          if (!handshaking) {
            addTunnelStart(round, now);
          }
        });
  }

  private void addTunnelStart(JettyRoundTrip round, long at) {
    InetSocketAddress proxy = peer;
    if (proxy != null && !tunnelling) {
      tunnelling = true;
      add(round, Hook.PROXY_CONNECT_START, at, trace -> trace.proxyConnectStart(proxy));
    }
  }

  /** The proxy answers. */
  void tunnelAnswered(Response response) {
    int status = response.getStatus();
    boolean open = status == HttpStatus.OK_200;
    tunnelDone(
        status,
        open ? null : new HttpResponseException("the proxy opens no tunnel: " + status, response));
  }

  void tunnelDone(int status, @Nullable Throwable error) {
    long now = System.nanoTime();
    note(round -> addTunnelDone(round, now, status, error));
  }

  private void addTunnelDone(JettyRoundTrip round, long at, int status, @Nullable Throwable error) {
    if (tunnelling) {
      tunnelling = false;
      add(round, Hook.PROXY_CONNECT_DONE, at, trace -> trace.proxyConnectDone(status, error));
    }
  }

  // ---- The end

  /** The connection is ready for requests, but for TLS if there is no ALPN. */
  void ready(Connection made) {
    connection = made;
    note(round -> endIfReady());
  }

  private void endIfReady() {
    if (connection != null && !handshaking) {
      owner = null;
    }
  }

  /** How many addresses there are to try, one after the other. */
  void found(int addresses) {
    note(round -> left = addresses);
  }

  /** There is no connection to an address, or none that is of use. */
  void attemptFailed(Throwable error) {
    note(
        round -> {
          addFailed(round, error);
          left--;
          if (left <= 0) {
            owner = null;
          }
        });
  }

  /** There will be no connection. */
  void failed(Throwable error) {
    note(round -> addFailed(error));
  }

  /**
   * Ends what is going on; in {@link JettyCall#note} of the owner. Jetty may go on with it, but
   * nobody waits for that any more.
   */
  void addFailed(Throwable error) {
    JettyRoundTrip round = owner;
    if (round == null) {
      return;
    }
    addDnsDone(round, System.nanoTime(), DnsDoneInfo.of(List.of(), error, false));
    addFailed(round, error);
    owner = null;
  }

  private void addFailed(JettyRoundTrip round, Throwable error) {
    long now = System.nanoTime();
    addConnectDone(round, now, error);
    addTunnelDone(round, now, 0, error);
    addHandshakeDone(round, now, null, error);
  }
}
