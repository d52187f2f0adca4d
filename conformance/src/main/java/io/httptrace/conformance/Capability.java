package io.httptrace.conformance;

/**
 * Something a client can do that a scenario may need: a setting it has, or how it behaves where
 * clients differ. What its hooks tell is another matter: {@link ClientUnderTest#support()}.
 */
public enum Capability {
  /** The scenario decides how names are looked up. */
  NAMES,
  /** HTTPS with the TLS context of the scenario. */
  TLS,
  /** The time limit for a TLS handshake can be set. */
  TLS_HANDSHAKE_TIMEOUT,
  /** A connection that ends in the middle of a TLS handshake fails its request at once. */
  TLS_END_NOTICED,
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
  /**
   * A final response in place of {@code 100 Continue} leaves the body unsent (RFC 9110, section
   * 10.1.1).
   */
  FINAL_RESPONSE_LEAVES_BODY,
  /** The wait for {@code 100 Continue} can be limited. */
  EXPECT_CONTINUE_TIMEOUT,
  /** A final response that comes in place of an expected {@code 100 Continue} may have a body. */
  BODY_INSTEAD_OF_CONTINUE,
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
  /**
   * A connection that the server closes while it is idle is closed at once, not at its next use.
   */
  IDLE_CLOSE_NOTICED,
  /** Idle connections can be closed at any time. */
  CLOSE_IDLE_CONNECTIONS,
  /** A waiting request takes an idle connection or its own dial, whichever is first. */
  LATE_BINDING,
  /**
   * A request that has to wait for a connection dials once, whatever other requests do just then.
   */
  SINGLE_DIAL,
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
  /** A request that is cancelled inside {@code wroteRequest} has reached the server. */
  CANCEL_AFTER_SENDING,
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
  /** An informational response may also follow an expected {@code 100 Continue}. */
  INFORMATIONAL_AFTER_CONTINUE,
  /** {@code got1xxResponse} can abort the request. */
  VETO,
  /** The sixth informational response is refused. */
  INFORMATIONAL_LIMIT,
  /** Request bodies of unknown length. */
  BODY_OF_UNKNOWN_LENGTH,
  /** A repeatable request is sent again if a reused connection turns out to be dead. */
  RETRY,
  /** A request that is not idempotent is not sent again (RFC 9110, section 9.2.2). */
  RETRY_ONLY_IDEMPOTENT,
  /**
   * Over HTTP/2 a request whose stream the server refuses is sent again (RFC 9113, section 8.7).
   */
  RETRY_REFUSED_STREAM,
  /** A request that GOAWAY says was not processed is sent again (RFC 9113, section 6.8). */
  RETRY_AFTER_GOAWAY,
  /** A request is sent again only if its connection was reused, not if a new one ends. */
  RETRY_ONLY_REUSED,
  /** When a server allows no more streams, the next request dials another connection. */
  DIAL_AT_STREAM_LIMIT,
  /** {@code Idempotency-Key} makes a request repeatable. */
  IDEMPOTENCY_KEY,
  /** Several traces on one request. */
  SEVERAL_TRACES,
  /** A proxy can be set. */
  PROXY,
  /**
   * An HTTP proxy is given requests to {@code http} targets in absolute form (RFC 9112, section
   * 3.2.2), and not asked for a tunnel.
   */
  PROXY_WITHOUT_TUNNEL,
  /** The connection to an HTTP proxy can itself be TLS. */
  TLS_TO_PROXY,
  /** The proxy can be one for SOCKS 5. */
  SOCKS,
  /** A SOCKS proxy is given the name of the target, not its address. */
  SOCKS_NAMES,
  /** A SOCKS proxy can be given a user and a password. */
  SOCKS_CREDENTIALS,
  /** Credentials for an HTTP proxy go with the first request, before the proxy asks for them. */
  PROXY_CREDENTIALS_IN_ADVANCE,
  /** Credentials for a tunnel go with the first CONNECT, before the proxy asks for them. */
  TUNNEL_CREDENTIALS_IN_ADVANCE,
  /** Redirects are followed. */
  REDIRECTS,
  /** Redirects to another host are followed with the same settings, such as HTTP/1.1 only. */
  REDIRECTS_TO_OTHER_HOSTS,
  /**
   * A connection is put back before a redirect to the same host is followed, and taken out again.
   */
  RELEASE_BEFORE_REDIRECT,
  /** A response that comes before the request body has been sent is returned at once. */
  EARLY_RESPONSE,
  /** A lookup that hangs ends with the time limit or the cancellation of its request. */
  INTERRUPTIBLE_LOOKUP,
  /** Over HTTP/2 each cookie is a field of its own (RFC 9113, section 8.2.3). */
  COOKIE_SPLITTING,
  /** The caller can close a response body before its end. */
  CLOSE_BODY_EARLY,
  /** A connection whose response body was not read to its end is closed, not drained and kept. */
  UNREAD_BODY_CLOSES,
  /** A GET without a body has no {@code Content-Length} (RFC 9110, section 8.6). */
  NO_LENGTH_OF_GET,
  /** A connection is closed when a response on it is not HTTP. */
  MALFORMED_CLOSES,
  /** A 304 has no body, whatever its {@code Content-Length} (RFC 9110, section 15.4.5). */
  NO_BODY_IN_304,
  /** An HTTP/2 connection stays in use when the server has reset one of its streams. */
  RESET_KEEPS_CONNECTION,
  /** Over HTTP/2 the length of a body, if it is known, is told by {@code Content-Length}. */
  HTTP2_CONTENT_LENGTH,
  /** An HTTP/2 connection stays in use when the client has given up one of its streams. */
  FAILURE_KEEPS_CONNECTION,
  /** Without keep-alive each request has an HTTP/2 connection of its own. */
  HTTP2_WITHOUT_KEEP_ALIVE,
  /** HTTP/2. */
  HTTP2;
}
