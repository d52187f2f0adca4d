package io.httptrace.cli.request;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for any target. {@link HttpRequest.Builder} only takes hosts that {@link URI} accepts,
 * and so no host with an underscore.
 */
final class PlannedRequest extends HttpRequest {
  private final String method;
  private final URI uri;
  private final HttpHeaders headers;
  private final BodyPublisher body;
  private final boolean expectContinue;
  private final @Nullable Duration timeout;

  /**
   * Makes a request without a time limit.
   *
   * @param method the method
   * @param uri the target
   * @param fields the fields of the head; each character of a value stands for an octet
   * @param body the body
   * @param expectContinue whether to wait for {@code 100 Continue} before the body
   */
  PlannedRequest(
      String method,
      URI uri,
      Map<String, List<String>> fields,
      BodyPublisher body,
      boolean expectContinue) {
    this.method = method;
    this.uri = uri;
    this.headers = HttpHeaders.of(fields, (name, value) -> true);
    this.body = body;
    this.expectContinue = expectContinue;
    this.timeout = null;
  }

  private PlannedRequest(HttpRequest other, BodyPublisher body, Duration timeout) {
    this.method = other.method();
    this.uri = other.uri();
    this.headers = other.headers();
    this.body = body;
    this.expectContinue = other.expectContinue();
    this.timeout = timeout;
  }

  /**
   * {@return a request with a time limit}
   *
   * @param request the request without it
   * @param timeout the limit
   */
  static HttpRequest within(HttpRequest request, Duration timeout) {
    BodyPublisher body = request.bodyPublisher().orElseGet(BodyPublishers::noBody);
    return new PlannedRequest(request, body, timeout);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public HttpHeaders headers() {
    return headers;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return Optional.of(body);
  }

  @Override
  public boolean expectContinue() {
    return expectContinue;
  }

  @Override
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** {@return empty: the client decides} */
  @Override
  public Optional<HttpClient.Version> version() {
    return Optional.empty();
  }
}
