package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import io.httptrace.ClientTrace;
import io.httptrace.GotResponseInfo;
import io.httptrace.Hook;
import io.httptrace.WroteRequestInfo;
import io.httptrace.adapter.CallHooks;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The hooks of writing a request and reading its response. On the event loop, one at a time. */
final class ArmeriaExchange {
  private final ArmeriaRoundTrip roundTrip;
  private final ClientRequestContext ctx;

  private @Nullable Http1Hooks http1;
  private @Nullable Http2Hooks http2;
  private boolean writes;
  private boolean expectsContinue;
  private boolean wroteRequest;
  private boolean answered;
  private boolean continued;
  private boolean aborted;
  private boolean closes;

  // Read by another thread that comes after.
  private volatile int status;

  ArmeriaExchange(ArmeriaRoundTrip roundTrip, ClientRequestContext ctx) {
    this.roundTrip = roundTrip;
    this.ctx = ctx;
  }

  private void fire(Hook hook, CallHooks.HookCall call) {
    roundTrip.fire(hook, System.nanoTime(), call);
  }

  /** {@return the status of the response; 0 if there is none} */
  int status() {
    return status;
  }

  void begin(Channel channel, SessionProtocol protocol) {
    if (protocol.isMultiplex()) {
      http2 = Http2Hooks.of(channel);
    } else if (!ctx.options().factory().options().useHttp1Pipelining()) {
      Http1Hooks hooks = Http1Hooks.of(channel);
      http1 = hooks;
      if (hooks != null) {
        hooks.begin(this);
      }
    }
  }

  void end() {
    Http1Hooks hooks = http1;
    if (hooks != null) {
      hooks.end(this);
    }
  }

  /** {@return whether nothing is known that would keep the connection out of the pool} */
  boolean keepsConnection() {
    return http1 != null && !closes && status != 0 && status != 101;
  }

  /** One side has said that the connection closes. */
  void closes() {
    closes = true;
  }

  // ---- Writing

  /** The head is about to be encoded. */
  void writesHead(RequestHeaders headers) {
    writes = true;
    expectsContinue = headers.contains(HttpHeaderNames.EXPECT, "100-continue");
    if (http2 != null) {
      http2.expect(this);
    }
    if (http2 != null) {
      String scheme = ctx.sessionProtocol().isTls() ? "https" : "http";
      Http2RequestFields.tell(headers, scheme, this::wroteField);
    } else if (http1 == null) {
      ArmeriaFields.of(headers).forEach(this::wroteField);
    }
  }

  void wroteField(String name, List<String> values) {
    fire(Hook.WROTE_HEADER_FIELD, trace -> trace.wroteHeaderField(name, values));
  }

  void wroteHead() {
    fire(Hook.WROTE_HEADERS, ClientTrace::wroteHeaders);
    if (expectsContinue) {
      fire(Hook.WAIT_100_CONTINUE, ClientTrace::wait100Continue);
    }
  }

  void wroteRequest(@Nullable Throwable error) {
    if (writes && !wroteRequest) {
      wroteRequest = true;
      if (http2 != null) {
        http2.forget(this);
      }
      WroteRequestInfo info = WroteRequestInfo.of(error);
      fire(Hook.WROTE_REQUEST, trace -> trace.wroteRequest(info));
    }
  }

  // ---- Reading

  void firstByte() {
    if (!answered) {
      answered = true;
      fire(Hook.GOT_FIRST_RESPONSE_BYTE, ClientTrace::gotFirstResponseByte);
    }
  }

  /** {@return whether a hook has aborted the request: what arrives then is of no interest} */
  boolean isAborted() {
    return aborted;
  }

  /**
   * Tells of an informational response.
   *
   * @return whether the request goes on
   */
  boolean informational(int code, Map<String, List<String>> fields) {
    boolean isHttp2 = http2 != null;
    if (code == 100 && !isHttp2 && expectsContinue && !continued) {
      continued = true;
      fire(Hook.GOT_100_CONTINUE, ClientTrace::got100Continue);
    }
    try {
      roundTrip.fireOrThrow(trace -> trace.got1xxResponse(code, fields));
    } catch (Throwable thrown) {
      aborted = true;
      ctx.cancel(thrown);
      return false;
    }
    if (code == 100 && isHttp2) {
      fire(Hook.GOT_100_CONTINUE, ClientTrace::got100Continue);
    }
    return true;
  }

  void gotResponse(int code, String protocol, Supplier<Map<String, List<String>>> fields) {
    if (status == 0) {
      status = code;
      GotResponseInfo info = GotResponseInfo.collecting(code, protocol, fields);
      fire(Hook.GOT_RESPONSE, trace -> trace.gotResponse(info));
    }
  }

  /** The head of the response is in the log. */
  void headInLog(ResponseHeaders headers) {
    if (answered && status == 0 && !headers.status().isInformational()) {
      // Nobody has listened to the connection: it is a WebSocket, or it is used for pipelining.
      gotResponse(
          headers.status().code(),
          http2 != null ? "HTTP/2" : "HTTP/1.1",
          () -> ArmeriaFields.of(headers));
    }
  }
}
