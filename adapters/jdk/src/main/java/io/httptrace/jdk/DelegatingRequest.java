package io.httptrace.jdk;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A request like another one. */
abstract class DelegatingRequest extends HttpRequest {
  private final HttpRequest request;

  DelegatingRequest(HttpRequest request) {
    this.request = request;
  }

  /** {@return the other one} */
  final HttpRequest request() {
    return request;
  }

  @Override
  public final Optional<BodyPublisher> bodyPublisher() {
    return request.bodyPublisher();
  }

  @Override
  public final String method() {
    return request.method();
  }

  @Override
  public final Optional<Duration> timeout() {
    return request.timeout();
  }

  @Override
  public final boolean expectContinue() {
    return request.expectContinue();
  }

  @Override
  public final URI uri() {
    return request.uri();
  }

  @Override
  public final Optional<HttpClient.Version> version() {
    return request.version();
  }

  @Override
  public final HttpHeaders headers() {
    return request.headers();
  }

  @Override
  public final String toString() {
    return request.toString();
  }
}
