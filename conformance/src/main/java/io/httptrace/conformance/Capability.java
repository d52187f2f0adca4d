package io.httptrace.conformance;

import io.httptrace.Hook;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something a client can do that a scenario may need. */
public enum Capability {
  /** The hook {@code getConn}. */
  GET_CONN(Hook.GET_CONN),
  /** The hook {@code gotConn}. */
  GOT_CONN(Hook.GOT_CONN),
  /** The hook {@code putIdleConn}. */
  PUT_IDLE_CONN(Hook.PUT_IDLE_CONN),
  /** The hook {@code gotFirstResponseByte}. */
  GOT_FIRST_RESPONSE_BYTE(Hook.GOT_FIRST_RESPONSE_BYTE),
  /** The hook {@code got100Continue}. */
  GOT_100_CONTINUE(Hook.GOT_100_CONTINUE),
  /** The hook {@code got1xxResponse}. */
  GOT_1XX_RESPONSE(Hook.GOT_1XX_RESPONSE),
  /** The hook {@code dnsStart}. */
  DNS_START(Hook.DNS_START),
  /** The hook {@code dnsDone}. */
  DNS_DONE(Hook.DNS_DONE),
  /** The hook {@code connectStart}. */
  CONNECT_START(Hook.CONNECT_START),
  /** The hook {@code connectDone}. */
  CONNECT_DONE(Hook.CONNECT_DONE),
  /** The hook {@code tlsHandshakeStart}. */
  TLS_HANDSHAKE_START(Hook.TLS_HANDSHAKE_START),
  /** The hook {@code tlsHandshakeDone}. */
  TLS_HANDSHAKE_DONE(Hook.TLS_HANDSHAKE_DONE),
  /** The hook {@code wroteHeaderField}. */
  WROTE_HEADER_FIELD(Hook.WROTE_HEADER_FIELD),
  /** The hook {@code wroteHeaders}. */
  WROTE_HEADERS(Hook.WROTE_HEADERS),
  /** The hook {@code wait100Continue}. */
  WAIT_100_CONTINUE(Hook.WAIT_100_CONTINUE),
  /** The hook {@code wroteRequest}. */
  WROTE_REQUEST(Hook.WROTE_REQUEST),

  /** One {@code roundTripStart} and one {@code roundTripDone} for each round trip. */
  ROUND_TRIP_HOOKS,
  /** The scenario decides how names are looked up. */
  NAMES,
  /** HTTPS with the TLS context of the scenario. */
  TLS,
  /** The time limit for a TLS handshake can be set. */
  TLS_HANDSHAKE_TIMEOUT,
  /** TLS sessions are resumed if possible. */
  TLS_RESUMPTION,
  /** Certificates and names of servers can be left unchecked. */
  INSECURE,
  /** The time limit for connecting can be set. */
  CONNECT_TIMEOUT,
  /** Both address families are raced, and the delay can be set. */
  FALLBACK_DELAY,
  /** The machine, and the client on it, can connect to {@code ::1}. */
  IPV6,
  /** Several addresses of a name are tried one after the other. */
  SEVERAL_ADDRESSES,
  /** A request can carry {@code Expect: 100-continue}. */
  EXPECT_CONTINUE,
  /** The wait for {@code 100 Continue} can be limited. */
  EXPECT_CONTINUE_TIMEOUT,
  /** Keep-alive can be switched off. */
  KEEP_ALIVE_OFF,
  /** The time after which idle connections are closed can be set. */
  IDLE_CONNECTION_TIMEOUT,
  /** The limit for idle connections can be set. */
  MAX_IDLE_CONNECTIONS,
  /** The limit for idle connections per host can be set. */
  MAX_IDLE_CONNECTIONS_PER_HOST,
  /** The limit for connections per host can be set. */
  MAX_CONNECTIONS_PER_HOST,
  /** Idle connections can be closed at any time. */
  CLOSE_IDLE_CONNECTIONS,
  /** A waiting request takes an idle connection or its own dial, whichever is first. */
  LATE_BINDING,
  /** Concurrent lookups of one name are shared, and {@code dnsDone} says so. */
  COALESCED_LOOKUPS,
  /** The time limit for the head of the response can be set. */
  RESPONSE_HEADER_TIMEOUT,
  /** The limit for the head of the response can be set. */
  MAX_RESPONSE_HEADER_BYTES,
  /** A request can have a time limit. */
  REQUEST_TIMEOUT,
  /** The time limit of a request covers the reading of its response body too. */
  REQUEST_TIMEOUT_COVERS_BODY,
  /** A request can be cancelled before its response has arrived. */
  CANCEL,
  /** A request can be cancelled while its response body is being read. */
  CANCEL_BODY,
  /** Gzip is asked for and decoded. */
  COMPRESSION,
  /** The caller may set {@code Host}. */
  HOST_HEADER,
  /** The caller may set {@code Connection}. */
  CONNECTION_HEADER,
  /** 101 is returned as a response. */
  UPGRADE,
  /** Any informational response may come before the final one. */
  INFORMATIONAL_RESPONSES,
  /** {@code got1xxResponse} can abort the request. */
  VETO,
  /** The sixth informational response is refused. */
  INFORMATIONAL_LIMIT,
  /** Request bodies of unknown length. */
  BODY_OF_UNKNOWN_LENGTH,
  /** A repeatable request is sent again if a reused connection turns out to be dead. */
  RETRY,
  /** {@code Idempotency-Key} makes a request repeatable. */
  IDEMPOTENCY_KEY,
  /** Several traces on one request. */
  SEVERAL_TRACES,
  /** A proxy can be set. */
  PROXY,
  /** Redirects are followed. */
  REDIRECTS,
  /** HTTP/2. */
  HTTP2;

  private final @Nullable Hook hook;

  Capability() {
    this.hook = null;
  }

  Capability(Hook hook) {
    this.hook = hook;
  }

  /** {@return the name of the hook it stands for, or empty if it is not about a hook} */
  public Optional<String> hook() {
    return Optional.ofNullable(hook).map(Hook::methodName);
  }

  /**
   * {@return the capability that stands for a hook}
   *
   * @param hook the hook's name
   */
  public static Optional<Capability> ofHook(String hook) {
    return Arrays.stream(values()).filter(c -> c.hook().filter(hook::equals).isPresent()).findAny();
  }
}
