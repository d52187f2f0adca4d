package io.httptrace.client.followups;

import io.httptrace.RoundTripReason;
import io.httptrace.client.auth.AuthPolicy;
import io.httptrace.client.auth.AuthRole;
import io.httptrace.client.auth.CredentialCache;
import io.httptrace.client.auth.ProxyAuthentication;
import io.httptrace.client.auth.ServerAuthentication;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.Cookies;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.request.Route;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.http.HttpClient.Redirect;
import org.jspecify.annotations.Nullable;

/**
 * What a client does by itself beyond sending a request: it follows redirects, keeps cookies and
 * answers challenges. Its calls share this, with the accepted credentials.
 */
public final class Policies {
  private final Redirect redirects;
  private final int maxRedirects;
  private final @Nullable CookieHandler cookieHandler;
  private final @Nullable Authenticator authenticator;
  private final CredentialCache credentials = new CredentialCache();

  /**
   * Makes the policies of a client.
   *
   * @param redirects which redirects are followed
   * @param maxRedirects how many of them in one call; negative for as many as the JDK's client
   * @param cookieHandler keeps the cookies, or null for none
   * @param authenticator gives credentials, or null for none
   */
  public Policies(
      Redirect redirects,
      int maxRedirects,
      @Nullable CookieHandler cookieHandler,
      @Nullable Authenticator authenticator) {
    this.redirects = redirects;
    this.maxRedirects = maxRedirects < 0 ? RedirectPolicy.AS_THE_JDK : maxRedirects;
    this.cookieHandler = cookieHandler;
    this.authenticator = authenticator;
  }

  /** {@return the policies of one call} */
  public FollowUps ofCall() {
    if (redirects == Redirect.NEVER && cookieHandler == null && authenticator == null) {
      return FollowUps.NONE;
    }
    return new Chain(
        cookieHandler == null ? null : new Cookies(cookieHandler),
        new RedirectPolicy(redirects, maxRedirects),
        authenticator == null ? null : new Authentication(authenticator, credentials));
  }

  /** The authentication of one call. */
  private record Authentication(ServerAuthentication server, ProxyAuthentication proxy) {
    Authentication(Authenticator authenticator, CredentialCache cache) {
      this(
          new ServerAuthentication(new AuthPolicy(authenticator, cache, AuthRole.SERVER)),
          new ProxyAuthentication(new AuthPolicy(authenticator, cache, AuthRole.PROXY)));
    }

    @Nullable RequestSnapshot after(RequestSnapshot request, ResponseHead head) throws IOException {
      RequestSnapshot again = proxy.after(request, head);
      if (again != null) {
        server.policy().repeat();
        return again;
      }
      return server.after(request, head);
    }

    @Nullable RequestSnapshot refused(RequestSnapshot request, ProxyException refusal)
        throws IOException {
      server.policy().repeat();
      return proxy.refused(request, refusal);
    }
  }

  /**
   * Applies the policies in order. To a request it adds credentials and then cookies; of a response
   * it first keeps the cookies, then follows a redirect, then answers a challenge.
   */
  private record Chain(
      @Nullable Cookies cookies, RedirectPolicy redirects, @Nullable Authentication authentication)
      implements FollowUps {
    @Override
    public RequestSnapshot before(RequestSnapshot request) throws IOException {
      RequestSnapshot sent =
          authentication == null ? request : authentication.server().before(request);
      return cookies == null ? sent : cookies.addTo(sent, request.headers());
    }

    @Override
    public @Nullable ProxyServer proxy(
        RequestSnapshot request, @Nullable ProxyServer chosen, Route planned) throws IOException {
      return authentication == null
          ? chosen
          : authentication.proxy().before(request, chosen, planned);
    }

    @Override
    public @Nullable Next refused(RequestSnapshot request, ProxyException refusal)
        throws IOException {
      RequestSnapshot answered =
          authentication == null ? null : authentication.refused(request, refusal);
      return answered == null ? null : new Next(answered, RoundTripReason.AUTHENTICATION);
    }

    @Override
    public @Nullable Next after(RequestSnapshot request, ResponseHead head) throws IOException {
      if (cookies != null) {
        cookies.keep(request, head);
      }
      RequestSnapshot answered =
          authentication == null ? null : authentication.after(request, head);
      if (answered != null) {
        return new Next(answered, RoundTripReason.AUTHENTICATION);
      }
      RequestSnapshot redirected = redirects.after(request, head);
      return redirected == null ? null : new Next(redirected, RoundTripReason.REDIRECT);
    }
  }
}
