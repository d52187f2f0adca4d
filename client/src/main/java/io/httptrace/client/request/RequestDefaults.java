package io.httptrace.client.request;

import io.httptrace.client.route.HttpVersions;
import java.net.http.HttpClient;
import java.util.List;

/**
 * What all requests of a client say of themselves.
 *
 * @param keepAlive whether connections are used again
 * @param compression whether to ask for gzip and to undo it
 * @param userAgent the value of {@code User-Agent} for requests that have none; empty for no field
 * @param version the version requests are for, if they do not say it themselves
 * @param clearText how HTTP/2 is come to without TLS, if at all
 */
public record RequestDefaults(
    boolean keepAlive,
    boolean compression,
    List<String> userAgent,
    HttpClient.Version version,
    HttpVersions clearText) {

  /**
   * {@return which versions may be spoken for a request}
   *
   * @param target its target
   */
  HttpVersions versionsFor(RequestSnapshot request, Origin target) {
    HttpClient.Version wanted = request.original().version().orElse(version);
    if (wanted == HttpClient.Version.HTTP_1_1 || request.upgrade()) {
      return HttpVersions.HTTP_1_1;
    }
    if (target.scheme().equals("https")) {
      return HttpVersions.BY_ALPN;
    }
    return clearText;
  }
}
