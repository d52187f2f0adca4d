package io.httptrace.client.pool;

import io.httptrace.TlsConnectionState;
import javax.net.ssl.SSLSession;

/**
 * The result of a handshake. It is copied when the handshake ends, because a closed engine or
 * channel does not have it any more.
 *
 * @param state the state for hooks
 * @param session the session for callers, read-only
 */
public record NegotiatedTls(TlsConnectionState state, SSLSession session) {}
