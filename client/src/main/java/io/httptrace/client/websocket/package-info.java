/** The WebSocket protocol (RFC 6455) on a connection that has been taken over from HTTP. */
@NullMarked
package io.httptrace.client.websocket;

import org.jspecify.annotations.NullMarked;
