package io.httptrace.client.auth;

import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.HeadBuilder;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.request.Route;
import io.httptrace.client.route.PoolKey;
import io.httptrace.client.route.ProxyCredentials;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of HTTP proxies (RFC 9110, section 11.7), which are the response to a
 * request or refuse a tunnel. Credentials of the request itself or of the proxy's route are not
 * replaced. Used by one call.
 */
public final class ProxyAuthentication {
  private static final HttpHeaders NO_FIELDS = HttpHeaders.of(Map.of(), (name, value) -> true);

  private final AuthPolicy policy;

  // The path of the current request; null if challenges of its proxy are not answered.
  private @Nullable ProxyPath path;

  /**
   * The path of a request to its target.
   *
   * @param server the proxy
   * @param key the key of the connection
   */
  private record ProxyPath(ProxyServer server, PoolKey key) {

    /**
     * The protection space of credentials. Those for a tunnel are kept apart, because other schemes
     * may be disabled for it.
     */
    URI space() {
      String kind = key.forwarded() ? "proxy" : "tunnel";
      return URI.create(kind + "://" + server.hostPort() + "/");
    }

    /** Without the target for a tunnel: the proxy does not serve the target itself. */
    AuthPolicy.Challenger challenger(RequestSnapshot request) {
      return new AuthPolicy.Challenger(
          server.host(),
          server.port(),
          server.secure() ? "https" : "http",
          key.forwarded() ? request.uri() : null);
    }
  }

  public ProxyAuthentication(AuthPolicy policy) {
    this.policy = policy;
  }

  /**
   * {@return the proxy, with credentials if there are any for it}
   *
   * @param request the request as it is sent
   * @param chosen the proxy that was chosen, or null for none
   * @param route the route of the request without further credentials
   */
  public @Nullable ProxyServer before(
      RequestSnapshot request, @Nullable ProxyServer chosen, Route route) throws IOException {
    path = null;
    if (chosen == null
        || !chosen.forwards()
        || chosen.credentials() != null
        || !request.values(Route.AUTHORIZATION).isEmpty()) {
      policy.sendNone();
      return chosen;
    }
    ProxyPath taken = new ProxyPath(chosen, route.key());
    path = taken;
    Credentials known = policy.next(taken.space());
    if (known == null) {
      return chosen;
    }
    String field =
        route.key().forwarded()
            ? known.answer(request.method(), HeadBuilder.target(request, route))
            : known.answer("CONNECT", route.key().hostPort());
    return chosen.with(
        new ProxyCredentials(
            known.user().getUserName(), new String(known.user().getPassword()), field));
  }

  /**
   * {@return the request again, if the response is a challenge of the proxy and there are
   * credentials} A 407 that is not from the proxy is for the caller, but must have a challenge, as
   * with the JDK's client.
   */
  public @Nullable RequestSnapshot after(RequestSnapshot request, ResponseHead head)
      throws IOException {
    ProxyPath taken = path;
    if (taken == null) {
      if (head.status() == AuthRole.PROXY.status()) {
        policy.challenges(head.headers());
      }
      return null;
    }
    boolean forwarded = taken.key().forwarded();
    if (forwarded && head.status() == AuthRole.PROXY.status()) {
      return answered(request, taken, head.headers());
    }
    policy.accepted(taken.space(), forwarded ? head.headers() : NO_FIELDS);
    return null;
  }

  /** {@return the request again, if the proxy refused a tunnel and there are credentials} */
  public @Nullable RequestSnapshot refused(RequestSnapshot request, ProxyException refusal)
      throws IOException {
    ProxyPath taken = path;
    return taken != null && refusal.status().orElse(0) == AuthRole.PROXY.status()
        ? answered(request, taken, refusal.headers())
        : null;
  }

  private @Nullable RequestSnapshot answered(
      RequestSnapshot request, ProxyPath taken, HttpHeaders headers) throws IOException {
    return policy.refused(
            taken.challenger(request), headers, DisabledSchemes.of(!taken.key().forwarded()))
        ? request
        : null;
  }
}
