package io.httptrace.client.auth;

import io.httptrace.client.request.Route;
import java.net.Authenticator.RequestorType;

/**
 * Whether a server or a proxy asks for credentials, and in which fields (RFC 9110, section 11).
 *
 * @param status the status of a response that asks
 * @param challengeField the field of the challenges
 * @param credentialsField the field of the credentials
 * @param infoField the field of a response that says how to go on
 * @param requestor the type of requestor for the authenticator
 */
public record AuthRole(
    int status,
    String challengeField,
    String credentialsField,
    String infoField,
    RequestorType requestor) {

  /** The server a request is for. */
  public static final AuthRole SERVER =
      new AuthRole(
          401, "WWW-Authenticate", "Authorization", "Authentication-Info", RequestorType.SERVER);

  /** The proxy a request goes through. */
  public static final AuthRole PROXY =
      new AuthRole(
          407,
          "Proxy-Authenticate",
          Route.AUTHORIZATION,
          "Proxy-Authentication-Info",
          RequestorType.PROXY);
}
