package io.httptrace.client.call;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response with its body. */
final class Response<T> implements HttpResponse<T> {
  private final HttpRequest request;
  private final ResponseInfo info;
  private final @Nullable SSLSession sslSession;
  private final long connectionId;
  private final @Nullable Response<T> previous;
  private final @Nullable T body;

  Response(
      HttpRequest request,
      ResponseInfo info,
      @Nullable SSLSession sslSession,
      long connectionId,
      @Nullable Response<T> previous,
      @Nullable T body) {
    this.request = request;
    this.info = info;
    this.sslSession = sslSession;
    this.connectionId = connectionId;
    this.previous = previous;
    this.body = body;
  }

  @Override
  public int statusCode() {
    return info.statusCode();
  }

  /**
   * The label of the connection, which JDK 25 added to the interface: its id, as hooks know it.
   * Empty for the answer of a proxy that opened no tunnel.
   */
  @SuppressWarnings("MissingOverride")
  public Optional<String> connectionLabel() {
    return connectionId == 0 ? Optional.empty() : Optional.of(Long.toString(connectionId));
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return Optional.ofNullable(previous);
  }

  @Override
  public HttpHeaders headers() {
    return info.headers();
  }

  @Override
  @SuppressWarnings("NullAway") // null is what a subscriber such as discarding() gives
  public T body() {
    return body;
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.ofNullable(sslSession);
  }

  @Override
  public URI uri() {
    return request.uri();
  }

  @Override
  public HttpClient.Version version() {
    return info.version();
  }

  @Override
  public String toString() {
    return "(" + request.method() + " " + uri() + ") " + statusCode();
  }
}
