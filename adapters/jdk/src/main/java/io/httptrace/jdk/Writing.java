package io.httptrace.jdk;

import io.httptrace.Hook;
import io.httptrace.WroteRequestInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a round trip writes its request. The JDK's client says that the head is sent just before it
 * hands it to the connection: it is told when the connection asks for more, or when something else
 * shows that it must have been written. All methods are called by {@link SerialHooks}.
 */
final class Writing {
  private final Hooks hooks;
  private final JdkRoundTrip of;
  private @Nullable HeadFields head;
  private boolean waits;
  private boolean headSent;
  private boolean headTold;
  private boolean bodySent;
  private @Nullable Throwable bodyError;
  private boolean requestTold;

  Writing(Hooks hooks, JdkRoundTrip of) {
    this.hooks = hooks;
    this.of = of;
  }

  /** The head has been composed. */
  void head(HeadFields fields) {
    head = fields;
  }

  /** The head has been given away. */
  void headSent(boolean waitsForContinue) {
    headSent = true;
    waits = waitsForContinue;
  }

  /** The head has left the client. */
  void headLeft(long at) {
    if (!headSent || headTold) {
      return;
    }
    headTold = true;
    long connection = of.connectionId();
    if (head != null) {
      for (Map.Entry<String, List<String>> field : head.fields()) {
        hooks.call(
            Hook.WROTE_HEADER_FIELD,
            at,
            connection,
            trace -> trace.wroteHeaderField(field.getKey(), field.getValue()));
      }
    }
    hooks.call(Hook.WROTE_HEADERS, at, connection, trace -> trace.wroteHeaders());
    if (waits) {
      hooks.call(Hook.WAIT_100_CONTINUE, at, connection, trace -> trace.wait100Continue());
    }
    if (bodySent) {
      bodySent(at, bodyError);
    }
  }

  /** The body has been sent, or there is none, or that failed. */
  void bodySent(long at, @Nullable Throwable error) {
    bodySent = true;
    bodyError = error;
    if (headTold && !requestTold) {
      requestTold = true;
      WroteRequestInfo info = WroteRequestInfo.of(error == null ? null : Errors.of(error));
      hooks.call(Hook.WROTE_REQUEST, at, of.connectionId(), trace -> trace.wroteRequest(info));
    }
  }

  /** The body will not be sent to its end. */
  void bodyNotSent() {
    if (bodyError == null) {
      bodyError = new IOException("the connection ended before the request was sent");
    }
  }

  /** {@return whether the hooks of the response may be called} */
  boolean allowsResponse(boolean hasBody) {
    return headTold && (hasBody || requestTold);
  }

  /** {@return whether the head is still to be told} */
  boolean owesHead() {
    return headSent && !headTold;
  }

  /** The final response has come. */
  void close(long at) {
    headLeft(at);
    if (headTold) {
      bodySent(at, bodyError);
    }
  }

  /** The round trip has failed. */
  void fail(long at, Throwable error) {
    if (headSent || headTold) {
      headLeft(at);
      if (!requestTold) {
        bodySent(at, bodySent ? bodyError : error);
      }
    }
  }
}
