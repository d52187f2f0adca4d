package io.httptrace.asynchttpclient;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on a connection and its response, as the connection sees them: it makes events of the
 * call of what passes by. Its methods are called on the connection's I/O thread.
 */
final class AhcExchange {
  private final AhcCall call;
  private final HttpRequest request;
  private final boolean tunnel;
  private final boolean waits;

  /** Used by events of the call only: the connection may be ahead of them. */
  private @Nullable AhcRoundTrip roundTrip;

  // Used by the I/O thread.
  private boolean writing;
  private boolean last;
  private long remaining;
  private boolean answered;
  private boolean headRead;
  private boolean vetoed;

  /**
   * Makes one.
   *
   * @param call whose request it is
   * @param request the request, as it is going to be written
   * @param tunnel whether it is a CONNECT that the application did not ask for
   * @param waits whether the body, if it is not in the request, waits for a 100
   */
  AhcExchange(AhcCall call, HttpRequest request, boolean tunnel, boolean waits) {
    this.call = call;
    this.request = request;
    this.tunnel = tunnel;
    this.waits = waits;
    this.remaining = HttpUtil.getContentLength(request, -1L);
  }

  HttpRequest request() {
    return request;
  }

  boolean isTunnel() {
    return tunnel;
  }

  AhcCall call() {
    return call;
  }

  /** Sets the round trip; to be called by an event of the call. */
  void belongsTo(@Nullable AhcRoundTrip user) {
    roundTrip = user;
  }

  private void tell(Consumer<AhcRoundTrip> event) {
    call.tell(
        () -> {
          AhcRoundTrip user = roundTrip;
          if (user != null && !call.isOver()) {
            event.accept(user);
          }
        });
  }

  // ---- Writing

  /** The head is going to be written. */
  void writes() {
    writing = true;
    if (!tunnel) {
      tell(AhcRoundTrip::writes);
    }
  }

  /**
   * {@return whether a part of the body is the last one}
   *
   * @param size how many bytes it has
   * @param end whether the end follows in any case
   */
  boolean isLast(long size, boolean end) {
    if (!writing || last) {
      return false;
    }
    remaining -= size;
    last = end || (size > 0 && remaining == 0);
    return last;
  }

  /**
   * The head has been written.
   *
   * @param error why it has not; null if it has
   * @param fields passes the fields
   * @param whole whether there is no more to be written
   */
  void wroteHead(
      @Nullable Throwable error, Consumer<BiConsumer<String, List<String>>> fields, boolean whole) {
    if (tunnel) {
      return;
    }
    long now = System.nanoTime();
    if (error == null) {
      tell(user -> user.wroteHead(now, fields, whole, waits));
    } else {
      tell(user -> user.wroteRequest(now, error));
    }
  }

  /** The rest of the body has been written, or not. */
  void wroteBody(@Nullable Throwable error) {
    long now = System.nanoTime();
    tell(user -> user.wroteRequest(now, error));
  }

  // ---- Reading

  /** Bytes of the response have come. */
  void bytesCome() {
    if (!answered && writing && !tunnel) {
      answered = true;
      long now = System.nanoTime();
      tell(user -> user.answered(now));
    }
  }

  /**
   * An informational response has come.
   *
   * @param abort what to do if a hook aborts the request
   * @return whether one has done so
   */
  boolean informational(int code, Map<String, List<String>> fields, Consumer<Throwable> abort) {
    long now = System.nanoTime();
    tell(
        user -> {
          try {
            user.informational(now, code, fields);
          } catch (IOException | RuntimeException | Error veto) {
            vetoed = true;
            abort.accept(veto);
          }
        });
    return vetoed;
  }

  /** The head of the final response has come. */
  void head(int code, String protocol, Map<String, List<String>> fields) {
    headRead = true;
    long now = System.nanoTime();
    tell(user -> user.response(now, code, protocol, fields));
  }

  /** The proxy has answered the request for a tunnel. */
  void tunnelEnds(int code) {
    long now = System.nanoTime();
    tell(
        user -> {
          AhcDial dial = user.dial();
          if (dial != null) {
            dial.tunnelEnds(now, code, code == 200 ? null : AhcCall.refusal(code));
          }
          user.refused(code == 200 ? 0 : code);
        });
  }

  boolean headRead() {
    return headRead;
  }

  /** The response has come to its end. */
  void ends() {
    long now = System.nanoTime();
    tell(user -> user.bodyEnds(now));
  }

  /** The connection is broken, or the stream has been reset. */
  void broken(Throwable cause) {
    tell(user -> user.broken(cause));
  }
}
