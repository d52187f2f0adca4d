package io.httptrace.client.request;

import io.httptrace.client.route.HttpVersions;
import java.net.http.HttpClient;
import java.util.List;

/**
 * The settings of all requests of a client.
 *
 * @param keepAlive whether connections are reused
 * @param compression whether to ask for gzip and to decode it
 * @param userAgent the value of {@code User-Agent} for requests that have none; empty for no field
 * @param version the version of requests that do not set it themselves
 * @param clearText how HTTP/2 is used without TLS, if at all
 */
public record RequestDefaults(
    boolean keepAlive,
    boolean compression,
    List<String> userAgent,
    HttpClient.Version version,
    HttpVersions clearText) {

  /**
   * {@return the versions that may be used for a request}
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
