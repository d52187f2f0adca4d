package io.httptrace.client.auth;

import io.httptrace.client.http.Authority;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.HeadBuilder;
import io.httptrace.client.request.RequestSnapshot;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of servers (RFC 9110, section 11.6). The caller's credentials in a request
 * are not replaced.
 */
public record ServerAuthentication(AuthPolicy policy) {
  private static final AuthRole ROLE = AuthRole.SERVER;

  /** {@return the request with credentials, if there are any for its target} */
  public RequestSnapshot before(RequestSnapshot request) throws IOException {
    if (isAnswered(request)) {
      policy.sendNone();
      return request;
    }
    Credentials known = policy.next(request.uri());
    return known == null
        ? request
        : request.withField(
            ROLE.credentialsField(),
            List.of(known.answer(request.method(), HeadBuilder.target(request.uri()))));
  }

  private static boolean isAnswered(RequestSnapshot request) {
    return !request.values(ROLE.credentialsField()).isEmpty();
  }

  /**
   * {@return the request again, if the response asks for credentials and there are some}
   *
   * @throws IOException if the call fails with this response
   */
  public @Nullable RequestSnapshot after(RequestSnapshot request, ResponseHead head)
      throws IOException {
    URI uri = request.uri();
    if (head.status() != ROLE.status()) {
      policy.accepted(uri, head.headers());
      return null;
    }
    if (isAnswered(request)) {
      return null;
    }
    AuthPolicy.Challenger challenger =
        new AuthPolicy.Challenger(host(uri), Authority.of(uri).port(), uri.getScheme(), uri);
    return policy.refused(challenger, head.headers(), Set.of()) ? request : null;
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? Authority.of(uri).host() : uri.getHost();
  }
}
