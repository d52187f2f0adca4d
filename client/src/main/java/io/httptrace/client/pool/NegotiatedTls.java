package io.httptrace.client.pool;

import io.httptrace.TlsConnectionState;
import javax.net.ssl.SSLSession;

/**
 * What a handshake has come to. It is taken down when the handshake ends: an engine, and the
 * channel it belongs to, do not tell any more once they are closed.
 *
 * @param state what hooks are told
 * @param session what callers are shown, and cannot change
 */
public record NegotiatedTls(TlsConnectionState state, SSLSession session) {}
