package io.httptrace.client.followups;

import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.Origin;
import io.httptrace.client.request.RequestSnapshot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows the redirects of one call by the rules of the JDK's client (RFC 9110, section 15.4). */
final class RedirectPolicy {
  /**
   * The JDK's property for how many requests a call may send; a redirect in response to the last
   * one is returned.
   */
  static final String LIMIT_PROPERTY = "jdk.httpclient.redirects.retrylimit";

  private static final int DEFAULT_LIMIT = 5;

  /** Fields that are dropped when a redirect leads to another origin. */
  private static final Set<String> BOUND_TO_ORIGIN =
      names(
          "Authorization",
          "Cookie",
          "Cookie2",
          "Host",
          "Origin",
          "Proxy-Authorization",
          "Referer",
          "WWW-Authenticate");

  /** Fields that describe the body, dropped if it is not sent again. */
  private static final Set<String> BOUND_TO_BODY =
      names(
          "Content-Encoding",
          "Content-Language",
          "Content-Location",
          "Content-Type",
          "Digest",
          "Last-Modified");

  /** Stands for as many as the JDK's property allows. */
  static final int AS_THE_JDK = -1;

  private final Redirect policy;
  private final int limit;
  private int redirects;

  /**
   * Makes a policy.
   *
   * @param policy which redirects are followed
   * @param limit how many of them, or {@link #AS_THE_JDK}
   */
  RedirectPolicy(Redirect policy, int limit) {
    this.policy = policy;
    this.limit =
        limit == AS_THE_JDK ? Integer.getInteger(LIMIT_PROPERTY, DEFAULT_LIMIT) - 1 : limit;
  }

  private static Set<String> names(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }

  /**
   * {@return the request that a redirect leads to, or null if it is not followed}
   *
   * @throws IOException if it has no {@code Location}, or one that HTTP cannot follow
   */
  @Nullable RequestSnapshot after(RequestSnapshot request, ResponseHead head) throws IOException {
    int status = head.status();
    if (policy == Redirect.NEVER || !isRedirect(status)) {
      return null;
    }
    String location =
        head.headers()
            .firstValue("Location")
            .orElseThrow(
                () -> new IOException("Invalid redirection: " + status + " has no Location"));
    URI target = resolve(request.uri(), location);
    if (!allows(request.uri(), target) || redirects >= limit) {
      return null;
    }
    redirects++;
    check(target);
    return redirected(request, target, status);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI resolve(URI base, String location) throws IOException {
    try {
      return Location.resolve(base, location);
    } catch (IllegalArgumentException e) {
      throw new IOException("Invalid redirection: " + e.getMessage());
    }
  }

  private boolean allows(URI from, URI to) {
    return policy == Redirect.ALWAYS
        || from.getScheme().equalsIgnoreCase(to.getScheme())
        || "https".equalsIgnoreCase(to.getScheme());
  }

  private static void check(URI target) throws IOException {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IOException("Invalid redirection: scheme " + scheme);
    }
  }

  private static RequestSnapshot redirected(RequestSnapshot request, URI target, int status) {
    String method = method(request.method(), status);
    boolean keepsBody = status != 303 && method.equals(request.method());
    boolean sameOrigin = Origin.of(target).equals(request.origin());
    HttpHeaders headers =
        HttpHeaders.of(
            request.headers().map(),
            (name, value) ->
                (sameOrigin || !BOUND_TO_ORIGIN.contains(name))
                    && (keepsBody || !BOUND_TO_BODY.contains(name)));
    return request.redirectedTo(target, method, headers, keepsBody);
  }

  private static String method(String method, int status) {
    return switch (status) {
      case 301, 302 -> method.equals("POST") ? "GET" : method;
      case 303 -> method.equals("HEAD") ? method : "GET";
      default -> method;
    };
  }
}
