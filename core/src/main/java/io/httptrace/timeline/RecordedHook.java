package io.httptrace.timeline;

import io.httptrace.ClientTrace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which hook was called, and how the same hook of another trace is called with the arguments that
 * were kept. So a call that is recorded needs no object that knows its types.
 */
@SuppressWarnings("unchecked") // A recorder keeps for each hook what that hook takes.
enum RecordedHook {
  GET_CONN("getConn", ClientTrace::getConn),
  GOT_CONN("gotConn", ClientTrace::gotConn),
  PUT_IDLE_CONN("putIdleConn", ClientTrace::putIdleConn),
  GOT_FIRST_RESPONSE_BYTE("gotFirstResponseByte", ClientTrace::gotFirstResponseByte),
  GOT_100_CONTINUE("got100Continue", ClientTrace::got100Continue),
  GOT_1XX_RESPONSE("got1xxResponse", ClientTrace::got1xxResponse),
  DNS_START("dnsStart", ClientTrace::dnsStart),
  DNS_DONE("dnsDone", ClientTrace::dnsDone),
  CONNECT_START("connectStart", ClientTrace::connectStart),
  CONNECT_DONE("connectDone", ClientTrace::connectDone),
  TLS_HANDSHAKE_START("tlsHandshakeStart", ClientTrace::tlsHandshakeStart),
  TLS_HANDSHAKE_DONE("tlsHandshakeDone", ClientTrace::tlsHandshakeDone),
  WROTE_HEADER_FIELD("wroteHeaderField", ClientTrace::wroteHeaderField),
  WROTE_HEADERS("wroteHeaders", ClientTrace::wroteHeaders),
  WAIT_100_CONTINUE("wait100Continue", ClientTrace::wait100Continue),
  WROTE_REQUEST("wroteRequest", ClientTrace::wroteRequest),
  ROUND_TRIP_START("roundTripStart", ClientTrace::roundTripStart),
  CONN_WAIT_START("connWaitStart", ClientTrace::connWaitStart),
  PROXY_CONNECT_START("proxyConnectStart", ClientTrace::proxyConnectStart),
  PROXY_CONNECT_DONE("proxyConnectDone", ClientTrace::proxyConnectDone),
  GOT_RESPONSE("gotResponse", ClientTrace::gotResponse),
  ROUND_TRIP_DONE("roundTripDone", ClientTrace::roundTripDone);

  private static final RecordedHook[] BY_NUMBER = values();

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

  private final String text;
  private final int arity;

  @SuppressWarnings("ImmutableEnumChecker") // It captures a reference to a method.
  private final Call call;

  RecordedHook(String text, int arity, Call call) {
    this.text = text;
    this.arity = arity;
    this.call = call;
  }

  RecordedHook(String text, WithoutArguments hook) {
    this(text, 0, (trace, a) -> hook.call(trace));
  }

  <A> RecordedHook(String text, WithOne<A> hook) {
    this(text, 1, (trace, a) -> hook.call(trace, (A) a[0]));
  }

  <A, B> RecordedHook(String text, WithTwo<A, B> hook) {
    this(text, 2, (trace, a) -> hook.call(trace, (A) a[0], (B) a[1]));
  }

  <A, B, C> RecordedHook(String text, WithThree<A, B, C> hook) {
    this(text, 3, (trace, a) -> hook.call(trace, (A) a[0], (B) a[1], (C) a[2]));
  }

  /** {@return a number by which {@link #of} finds it in this process; less than 32} */
  @SuppressWarnings("EnumOrdinal") // It does not leave the process.
  int number() {
    return ordinal();
  }

  /** {@return the hook with a {@link #number}} */
  static RecordedHook of(int number) {
    return BY_NUMBER[number];
  }

  /** {@return how many arguments it has} */
  int arity() {
    return arity;
  }

  /**
   * Calls the hook of a trace.
   *
   * @param trace the trace
   * @param arguments as many as it has, of the types it takes
   * @throws IOException what the hook throws
   */
  void callOf(ClientTrace trace, @Nullable Object[] arguments) throws IOException {
    call.of(trace, arguments);
  }

  /** {@return the name of the method} */
  @Override
  public String toString() {
    return text;
  }
}
