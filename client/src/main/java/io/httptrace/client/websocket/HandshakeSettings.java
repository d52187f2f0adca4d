package io.httptrace.client.websocket;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a builder when it builds.
 *
 * @param fields the caller's fields of the request
 * @param subprotocols the subprotocols, the preferred one first
 * @param connectTimeout how long the handshake may take, or null for no limit
 */
record HandshakeSettings(
    List<Field> fields, List<String> subprotocols, @Nullable Duration connectTimeout) {

  /** A field. */
  record Field(String name, String value) {}
}
