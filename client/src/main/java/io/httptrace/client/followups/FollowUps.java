package io.httptrace.client.followups;

import io.httptrace.RoundTripReason;
import io.httptrace.client.errors.ProxyException;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.request.RequestSnapshot;
import io.httptrace.client.request.Route;
import io.httptrace.client.route.ProxyServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one call what is sent and what follows a response. It may call the caller's code
 * (cookie handler, authenticator), and so may throw anything. Used by one thread at a time.
 */
public interface FollowUps {
  /** For a client that follows nothing and adds nothing. */
  FollowUps NONE =
      new FollowUps() {
        @Override
        public RequestSnapshot before(RequestSnapshot request) {
          return request;
        }

        @Override
        public @Nullable Next after(RequestSnapshot request, ResponseHead head) {
          return null;
        }
      };

  /**
   * {@return the request as it is sent, with the fields that policies add} Called once for each
   * request, and not again if it is repeated on another connection.
   *
   * @param request the caller's request, or one that {@link #after} gave
   * @throws IOException if it cannot be sent
   */
  RequestSnapshot before(RequestSnapshot request) throws IOException;

  /**
   * {@return the proxy of a request, with the credentials for it} Called once for each request,
   * after {@link #before}.
   *
   * @param request the request as it is sent
   * @param chosen the proxy that was chosen, or null for none
   * @param planned the route of the request without further credentials
   * @throws IOException if it cannot be sent
   */
  default @Nullable ProxyServer proxy(
      RequestSnapshot request, @Nullable ProxyServer chosen, Route planned) throws IOException {
    return chosen;
  }

  /**
   * {@return the request that follows when the proxy refuses a tunnel, or null if the call fails
   * with the refusal}
   *
   * @param request the request that was given to {@link #before}
   * @param refusal the proxy's answer
   * @throws IOException if the call fails with something else
   */
  default @Nullable Next refused(RequestSnapshot request, ProxyException refusal)
      throws IOException {
    return null;
  }

  /**
   * {@return the request that follows a response, or null if the response is for the caller} Called
   * once for each response.
   *
   * @param request the request that was given to {@link #before}
   * @param head the head of the response
   * @throws IOException if the call fails with this response
   */
  @Nullable Next after(RequestSnapshot request, ResponseHead head) throws IOException;

  /**
   * A request that follows a response.
   *
   * @param request the request
   * @param reason why it follows
   */
  record Next(RequestSnapshot request, RoundTripReason reason) {}
}
