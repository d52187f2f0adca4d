package io.httptrace.client.request;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** The request that follows a redirect, as responses show it. */
final class RedirectedRequest extends HttpRequest {
  private final HttpRequest first;
  private final String method;
  private final URI uri;
  private final HttpHeaders headers;
  private final boolean hasBody;

  /**
   * Makes a request.
   *
   * @param first the request of the caller
   * @param hasBody whether it still has the caller's body
   */
  RedirectedRequest(
      HttpRequest first, String method, URI uri, HttpHeaders headers, boolean hasBody) {
    this.first = first;
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.hasBody = hasBody;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return hasBody ? first.bodyPublisher() : Optional.empty();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<Duration> timeout() {
    return first.timeout();
  }

  @Override
  public boolean expectContinue() {
    return hasBody && first.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return first.version();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public String toString() {
    return uri + " " + method;
  }
}
