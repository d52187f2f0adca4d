package io.httptrace.conformance.guide;

import io.httptrace.ClientTrace;
import io.httptrace.ConnectionInfo;
import io.httptrace.GotConnInfo;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.HookSupport;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.RoundTripReason;
import io.httptrace.RoundTripStartInfo;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.HostPort;
import io.httptrace.adapter.KnownConnections;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the hooks of one call from the callbacks of {@link PlainClient}. */
final class PlainTracing implements PlainClient.Listener {
  // @start region="support"
  static final HookSupport SUPPORT =
      HookSupport.builder()
          .approximate("told when the head has been read", Hook.GOT_FIRST_RESPONSE_BYTE)
          .never("the client has no callback for its pool", Hook.PUT_IDLE_CONN)
          .never("the client does not tell lookups", Hook.DNS_START, Hook.DNS_DONE)
          .never("the client tells the whole request only", Hook.WROTE_HEADER_FIELD)
          .build();
  // @end

  private final CallHooks hooks;
  private final KnownConnections<Socket> connections;
  private long connectionId;
  private @Nullable InetSocketAddress dialled;
  private @Nullable Socket used;

  // @start region="fire"
  PlainTracing(CallHooks hooks, KnownConnections<Socket> connections, URI uri) {
    this.hooks = hooks;
    this.connections = connections;
    RoundTripStartInfo start = RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri, SUPPORT);
    fire(Hook.ROUND_TRIP_START, trace -> trace.roundTripStart(start));
    fire(Hook.GET_CONN, trace -> trace.getConn(HostPort.of(uri)));
  }

  private void fire(Hook hook, CallHooks.HookCall call) {
    hooks.fire(hook, System.nanoTime(), 1, connectionId, call);
  }

  @Override
  public void connecting(InetSocketAddress address) {
    connectionId = connections.newId();
    dialled = address;
    fire(Hook.CONNECT_START, trace -> trace.connectStart("tcp", address));
  }

  // @end

  @Override
  public void connected(@Nullable IOException error) {
    InetSocketAddress address = dialled;
    if (address != null) {
      fire(Hook.CONNECT_DONE, trace -> trace.connectDone("tcp", address, error));
    }
  }

  // @start region="took"
  @Override
  public void took(Socket socket, boolean kept) {
    used = socket;
    KnownConnections.Use use = connections.acquire(socket, connectionId, System.nanoTime());
    connectionId = use.id();
    ConnectionInfo connection =
        ConnectionInfo.of(
            use.id(),
            socket.getLocalSocketAddress(),
            socket.getRemoteSocketAddress(),
            "HTTP/1.1",
            null,
            use.requestsBefore());
    GotConnInfo info = GotConnInfo.of(connection, kept, kept, Duration.ofNanos(use.idleNanos()));
    fire(Hook.GOT_CONN, trace -> trace.gotConn(info));
  }

  // @end

  @Override
  public void sent() {
    fire(Hook.WROTE_HEADERS, ClientTrace::wroteHeaders);
    fire(Hook.WROTE_REQUEST, trace -> trace.wroteRequest(WroteRequestInfo.of(null)));
  }

  @Override
  public void gotHead(int status) {
    fire(Hook.GOT_FIRST_RESPONSE_BYTE, ClientTrace::gotFirstResponseByte);
    GotResponseInfo info = GotResponseInfo.of(status, "HTTP/1.1", Map.of());
    fire(Hook.GOT_RESPONSE, trace -> trace.gotResponse(info));
  }

  @Override
  public void ended(@Nullable IOException error) {
    if (used != null) {
      connections.release(used, error != null, System.nanoTime());
    }
    RoundTripOutcome outcome = error == null ? RoundTripOutcome.COMPLETED : RoundTripOutcome.FAILED;
    RoundTripDoneInfo info = RoundTripDoneInfo.of(outcome, null, error);
    fire(Hook.ROUND_TRIP_DONE, trace -> trace.roundTripDone(info));
    hooks.end();
  }
}
