package io.httptrace.client.route;

/** Which versions of HTTP a connection may use, and how one is chosen. */
public enum HttpVersions {
  /** Only HTTP/1.1 is offered. */
  HTTP_1_1,
  /** HTTP/2 or HTTP/1.1, as the server chooses in the TLS handshake (ALPN, RFC 7301). */
  BY_ALPN,
  /** HTTP/1.1, and the first request asks to switch to HTTP/2 (RFC 7540, section 3.2). */
  HTTP_2_BY_UPGRADE,
  /** HTTP/2 at once, without asking (RFC 9113, section 3.3). */
  HTTP_2_PRIOR_KNOWLEDGE
}
