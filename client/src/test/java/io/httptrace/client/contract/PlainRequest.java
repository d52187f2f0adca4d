package io.httptrace.client.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of the caller's own class, which no builder has checked. */
public final class PlainRequest extends HttpRequest {
  private final String method;
  private final URI uri;
  private final HttpHeaders headers;
  private final Duration timeout;
  private final BodyPublisher body;

  PlainRequest(String method, URI uri, HttpHeaders headers, Duration timeout, BodyPublisher body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.timeout = timeout;
    this.body = body;
  }

  /** A request without fields, a body or a time limit. */
  public static PlainRequest of(String method, URI uri) {
    return new PlainRequest(method, uri, headers(Map.of()), null, null);
  }

  static PlainRequest withHeader(URI uri, String name, String value) {
    return new PlainRequest("GET", uri, headers(Map.of(name, List.of(value))), null, null);
  }

  static PlainRequest withTimeout(URI uri, Duration timeout) {
    return new PlainRequest("GET", uri, headers(Map.of()), timeout, null);
  }

  private static HttpHeaders headers(Map<String, List<String>> fields) {
    return HttpHeaders.of(fields, (name, value) -> true);
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return Optional.ofNullable(body);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  @Override
  public boolean expectContinue() {
    return false;
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return Optional.empty();
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }
}
