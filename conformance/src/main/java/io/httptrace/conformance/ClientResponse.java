package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;

/**
 * A response whose head has arrived.
 *
 * @param status the status code
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param body the body as it arrives, empty if there is none. Reading blocks until there are bytes,
 *     and fails with the client's own exception; closing it before its end abandons the response.
 */
public record ClientResponse(int status, String protocol, InputStream body) {
  /** Checks the components. */
  public ClientResponse {
    requireNonNull(protocol, "protocol");
    requireNonNull(body, "body");
  }
}
