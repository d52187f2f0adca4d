package io.httptrace.client.exchange;

import io.httptrace.ByteCounts;
import io.httptrace.GotResponseInfo;
import io.httptrace.RoundTripDoneInfo;
import io.httptrace.RoundTripOutcome;
import io.httptrace.WroteRequestInfo;
import io.httptrace.client.hooks.RequestTrace;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.pool.Lease;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of one exchange. What they are told is made only if anyone listens.
 *
 * @param trace the hooks of the round trip
 * @param connection the id of the connection
 */
record ExchangeHooks(RequestTrace trace, long connection) {

  boolean enabled() {
    return trace.enabled();
  }

  long now() {
    return trace.now();
  }

  void gotConn(long at, Lease lease) {
    if (enabled()) {
      trace.gotConn(at, lease.info());
    }
  }

  void wroteHeaders(long at, RequestHead head) {
    if (enabled()) {
      List<RequestHead.Field> fields = head.fields();
      for (int i = 0; i < fields.size(); i++) {
        trace.wroteHeaderField(at, connection, fields.get(i).name(), fields.get(i).values());
      }
      trace.wroteHeaders(at, connection);
    }
  }

  void wait100Continue(long at) {
    trace.wait100Continue(at, connection);
  }

  void wroteRequest(long at, @Nullable Throwable error) {
    if (enabled()) {
      trace.wroteRequest(at, connection, WroteRequestInfo.of(error));
    }
  }

  void gotFirstResponseByte(long at) {
    trace.gotFirstResponseByte(at, connection);
  }

  void got100Continue(long at) {
    trace.got100Continue(at, connection);
  }

  /** {@return what the hook threw, or null} */
  @Nullable Throwable got1xxResponse(long at, ResponseHead response) {
    return enabled()
        ? trace.got1xxResponse(at, connection, response.status(), response.spelledHeaders())
        : null;
  }

  void gotResponse(long at, ResponseHead response) {
    if (enabled()) {
      trace.gotResponse(
          at,
          connection,
          GotResponseInfo.collecting(
              response.status(), response.protocol(), response::spelledHeaders));
    }
  }

  void putIdleConn(long at, @Nullable IOException refused) {
    trace.putIdleConn(at, connection, refused);
  }

  void roundTripDone(
      long at, RoundTripOutcome outcome, ByteCounts bytes, @Nullable Throwable error) {
    if (enabled()) {
      trace.roundTripDone(at, connection, RoundTripDoneInfo.of(outcome, bytes, error));
    }
  }
}
