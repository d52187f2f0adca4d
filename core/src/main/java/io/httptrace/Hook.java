package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of a {@link ClientTrace}, one constant for each method: the sixteen of Go in Go's
 * order, then the others.
 *
 * <p>Every hook of {@code ClientTrace} has a constant here, which is used wherever a hook is named,
 * as by {@link io.httptrace.timeline.TraceEvent#hook()}. Constants may be added: a {@code switch}
 * needs a {@code default}.
 */
@SuppressWarnings("unchecked") // The arguments are documented to have the types of the method.
public enum Hook {
  /** {@link ClientTrace#getConn}. */
  GET_CONN("getConn", ClientTrace::getConn),
  /** {@link ClientTrace#gotConn}. */
  GOT_CONN("gotConn", ClientTrace::gotConn),
  /** {@link ClientTrace#putIdleConn}. */
  PUT_IDLE_CONN("putIdleConn", ClientTrace::putIdleConn),
  /** {@link ClientTrace#gotFirstResponseByte}. */
  GOT_FIRST_RESPONSE_BYTE("gotFirstResponseByte", ClientTrace::gotFirstResponseByte),
  /** {@link ClientTrace#got100Continue}. */
  GOT_100_CONTINUE("got100Continue", ClientTrace::got100Continue),
  /** {@link ClientTrace#got1xxResponse}. */
  GOT_1XX_RESPONSE("got1xxResponse", ClientTrace::got1xxResponse),
  /** {@link ClientTrace#dnsStart}. */
  DNS_START("dnsStart", ClientTrace::dnsStart),
  /** {@link ClientTrace#dnsDone}. */
  DNS_DONE("dnsDone", ClientTrace::dnsDone),
  /** {@link ClientTrace#connectStart}. */
  CONNECT_START("connectStart", ClientTrace::connectStart),
  /** {@link ClientTrace#connectDone}. */
  CONNECT_DONE("connectDone", ClientTrace::connectDone),
  /** {@link ClientTrace#tlsHandshakeStart}. */
  TLS_HANDSHAKE_START("tlsHandshakeStart", ClientTrace::tlsHandshakeStart),
  /** {@link ClientTrace#tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE("tlsHandshakeDone", ClientTrace::tlsHandshakeDone),
  /** {@link ClientTrace#wroteHeaderField}. */
  WROTE_HEADER_FIELD("wroteHeaderField", ClientTrace::wroteHeaderField),
  /** {@link ClientTrace#wroteHeaders}. */
  WROTE_HEADERS("wroteHeaders", ClientTrace::wroteHeaders),
  /** {@link ClientTrace#wait100Continue}. */
  WAIT_100_CONTINUE("wait100Continue", ClientTrace::wait100Continue),
  /** {@link ClientTrace#wroteRequest}. */
  WROTE_REQUEST("wroteRequest", ClientTrace::wroteRequest),

  // ---- Beyond Go ----

  /** {@link ClientTrace#roundTripStart}. */
  ROUND_TRIP_START("roundTripStart", ClientTrace::roundTripStart),
  /** {@link ClientTrace#connWaitStart}. */
  CONN_WAIT_START("connWaitStart", ClientTrace::connWaitStart),
  /** {@link ClientTrace#proxyConnectStart}. */
  PROXY_CONNECT_START("proxyConnectStart", ClientTrace::proxyConnectStart),
  /** {@link ClientTrace#proxyConnectDone}. */
  PROXY_CONNECT_DONE("proxyConnectDone", ClientTrace::proxyConnectDone),
  /** {@link ClientTrace#gotResponse}. */
  GOT_RESPONSE("gotResponse", ClientTrace::gotResponse),
  /** {@link ClientTrace#roundTripDone}. */
  ROUND_TRIP_DONE("roundTripDone", ClientTrace::roundTripDone);

  private interface Call {
    void of(ClientTrace trace, @Nullable Object[] arguments) throws IOException;
  }

  private interface WithoutArguments {
    void call(ClientTrace trace);
  }

  private interface WithOne<A> {
    void call(ClientTrace trace, A first);
  }

  private interface WithTwo<A, B> {
    void call(ClientTrace trace, A first, B second) throws IOException;
  }

  private interface WithThree<A, B, C> {
    void call(ClientTrace trace, A first, B second, C third);
  }

  private final String methodName;
  private final int parameterCount;

  @SuppressWarnings("ImmutableEnumChecker") // It captures a reference to a method.
  private final Call call;

  Hook(String methodName, int parameterCount, Call call) {
    this.methodName = methodName;
    this.parameterCount = parameterCount;
    this.call = call;
  }

  Hook(String methodName, WithoutArguments hook) {
    this(methodName, 0, (trace, a) -> hook.call(trace));
  }

  <A> Hook(String methodName, WithOne<A> hook) {
    this(methodName, 1, (trace, a) -> hook.call(trace, (A) a[0]));
  }

  <A, B> Hook(String methodName, WithTwo<A, B> hook) {
    this(methodName, 2, (trace, a) -> hook.call(trace, (A) a[0], (B) a[1]));
  }

  <A, B, C> Hook(String methodName, WithThree<A, B, C> hook) {
    this(methodName, 3, (trace, a) -> hook.call(trace, (A) a[0], (B) a[1], (C) a[2]));
  }

  /**
   * {@return the name of the method of {@link ClientTrace}, such as {@code gotConn}} It is Go's
   * name in Java's spelling, and never changes.
   */
  public String methodName() {
    return methodName;
  }

  /** {@return how many arguments the method takes, from 0 to 3} */
  public int parameterCount() {
    return parameterCount;
  }

  /** {@return whether it is one of the sixteen hooks of Go's {@code httptrace.ClientTrace}} */
  public boolean isOfGo() {
    return compareTo(WROTE_REQUEST) <= 0;
  }

  /**
   * Calls this hook of a trace, for code that has the arguments as objects.
   *
   * @param trace the trace to call
   * @param arguments the arguments, {@link #parameterCount()} of them, of the types the method
   *     takes
   * @throws IOException what {@link ClientTrace#got1xxResponse} throws
   * @throws IllegalArgumentException if there are more or fewer arguments
   * @throws ClassCastException if an argument has another type
   */
  public void call(ClientTrace trace, @Nullable Object... arguments) throws IOException {
    requireNonNull(trace, "trace");
    if (arguments.length != parameterCount) {
      throw new IllegalArgumentException(
          methodName + " takes " + parameterCount + " arguments, not " + arguments.length);
    }
    call.of(trace, arguments);
  }

  /** {@return {@link #methodName()}} */
  @Override
  public String toString() {
    return methodName;
  }
}
