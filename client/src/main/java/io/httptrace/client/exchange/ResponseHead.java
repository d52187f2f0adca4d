package io.httptrace.client.exchange;

import java.net.http.HttpHeaders;

/**
 * The head of a response, informational or final.
 *
 * @param status the status code
 * @param protocol {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers the fields
 * @param hasBody whether there can be a body
 * @param reusable whether the connection can be used again once the body has been read
 */
public record ResponseHead(
    int status, String protocol, HttpHeaders headers, boolean hasBody, boolean reusable) {}
