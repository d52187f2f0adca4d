package io.httptrace.client.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/** A request to a URI that the JDK's builder may refuse, such as a name with an underscore. */
final class HandshakeRequest extends HttpRequest {
  private final HttpRequest built;
  private final URI uri;

  /**
   * Makes a request.
   *
   * @param built the request without the URI
   */
  HandshakeRequest(HttpRequest built, URI uri) {
    this.built = built;
    this.uri = uri;
  }

  @Override
  public Optional<BodyPublisher> bodyPublisher() {
    return built.bodyPublisher();
  }

  @Override
  public String method() {
    return built.method();
  }

  @Override
  public Optional<Duration> timeout() {
    return built.timeout();
  }

  @Override
  public boolean expectContinue() {
    return built.expectContinue();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public Optional<HttpClient.Version> version() {
    return built.version();
  }

  @Override
  public HttpHeaders headers() {
    return built.headers();
  }

  @Override
  public String toString() {
    return uri + " " + method();
  }
}
