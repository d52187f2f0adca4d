package io.httptrace.conformance.guide;

import io.httptrace.ByteCounts;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An adapter: fires the hooks of a trace from the callbacks of {@link PlainClient}. */
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

  private final ClientTrace trace;
  private @Nullable InetSocketAddress dialled;

  PlainTracing(ClientTrace trace, URI uri) {
    this.trace = trace;
    trace.roundTripStart(RoundTripStartInfo.of(1, RoundTripReason.FIRST, "GET", uri, SUPPORT));
    trace.getConn(uri.getAuthority());
  }

  @Override
  public void connecting(InetSocketAddress address) {
    dialled = address;
    trace.connectStart("tcp", address);
  }

  @Override
  public void connected(Socket socket, @Nullable IOException error) {
    if (dialled != null) {
      trace.connectDone("tcp", dialled, error);
    }
  }

  @Override
  public void took(Socket socket, boolean kept) {
    ConnectionInfo connection =
        ConnectionInfo.of(
            1,
            socket.getLocalSocketAddress(),
            socket.getRemoteSocketAddress(),
            "HTTP/1.1",
            null,
            0);
    trace.gotConn(GotConnInfo.of(connection, kept, kept, Duration.ZERO));
  }

  @Override
  public void sent() {
    trace.wroteHeaders();
    trace.wroteRequest(WroteRequestInfo.of(null));
  }

  @Override
  public void gotHead(int status) {
    trace.gotFirstResponseByte();
    trace.gotResponse(GotResponseInfo.of(status, "HTTP/1.1", Map.of()));
  }

  @Override
  public void ended(@Nullable IOException error) {
    RoundTripOutcome outcome = error == null ? RoundTripOutcome.COMPLETED : RoundTripOutcome.FAILED;
    trace.roundTripDone(RoundTripDoneInfo.of(outcome, ByteCounts.of(0, 0, 0, 0), error));
  }
}
