package io.httptrace.client.auth;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one call, either of servers or of proxies, with credentials from an
 * {@link Authenticator}, as often as the JDK's client does.
 */
public final class AuthPolicy {
  /** The JDK's property for how often refused credentials are replaced. */
  static final String LIMIT_PROPERTY = "jdk.httpclient.auth.retrylimit";

  private static final int DEFAULT_LIMIT = 3;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Authenticator authenticator;
  private final CredentialCache cache;
  private final AuthRole role;
  private final int limit;

  // The credentials of the current request.
  private @Nullable Credentials sent;
  private boolean cached;

  // The credentials of the next request, if it follows a challenge.
  private @Nullable Credentials answer;
  private int tries;

  /**
   * The server or proxy that asks for credentials, as the authenticator sees it.
   *
   * @param host its host
   * @param port its port, or -1 for the default one
   * @param protocol its protocol
   * @param target the target of the request, or null if the authenticator must not see it
   */
  record Challenger(String host, int port, String protocol, @Nullable URI target) {}

  public AuthPolicy(Authenticator authenticator, CredentialCache cache, AuthRole role) {
    this.authenticator = authenticator;
    this.cache = cache;
    this.role = role;
    this.limit = Integer.getInteger(LIMIT_PROPERTY, DEFAULT_LIMIT);
  }

  /**
   * {@return the credentials to send with the next request, or null for none}
   *
   * @param space the protection space they must be for
   */
  @Nullable Credentials next(URI space) {
    Credentials answering = answer;
    answer = null;
    cached = answering == null;
    Credentials known = cached ? cache.find(space) : answering;
    sent = known;
    if (cached && known != null) {
      tries++;
    }
    return known;
  }

  /** The next request gets no credentials from here: it has its own, or uses no HTTP proxy. */
  void sendNone() {
    answer = null;
    sent = null;
  }

  /** The request is sent again for a reason that has nothing to do with its credentials. */
  public void repeat() {
    if (!cached) {
      answer = sent;
    }
  }

  /**
   * {@return whether to send the request again, because there are credentials for a challenge}
   *
   * @param challenger the server or proxy that asks
   * @param headers the fields with the challenges
   * @param disabled schemes that are not used, in lower case
   * @throws IOException if the response has no challenge, the authenticator has no credentials, or
   *     credentials have been refused too often
   */
  boolean refused(Challenger challenger, HttpHeaders headers, Set<String> disabled)
      throws IOException {
    Challenge challenge = choose(Challenge.parse(challenges(headers)), disabled);
    if (challenge == null) {
      return false;
    }
    if (tries > limit) {
      throw new IOException("too many authentication attempts. Limit: " + limit);
    }
    tries++;
    answer = answerTo(challenge, challenger);
    return true;
  }

  /**
   * {@return the challenges of a response}
   *
   * @throws IOException if it has none
   */
  List<String> challenges(HttpHeaders headers) throws IOException {
    List<String> values = headers.allValues(role.challengeField());
    if (values.isEmpty()) {
      throw new IOException(
          role.challengeField() + " header missing for response code " + role.status());
    }
    return values;
  }

  /**
   * The response was not a challenge.
   *
   * @param space the protection space of the credentials that were sent
   * @param headers the fields of the response, which may say how to go on
   */
  void accepted(URI space, HttpHeaders headers) {
    tries = 0;
    Credentials accepted = sent;
    if (accepted != null) {
      accepted.accepted(
          ChallengeParser.parameters(String.join(", ", headers.allValues(role.infoField()))));
      if (!cached) {
        cache.store(space, accepted);
      }
    }
  }

  /** The first Digest that is supported, and Basic only if there is none. */
  private static @Nullable Challenge choose(List<Challenge> challenges, Set<String> disabled) {
    Challenge basic = null;
    for (Challenge challenge : challenges) {
      if (disabled.contains(challenge.scheme())) {
        continue;
      }
      if (challenge.scheme().equals("digest") && DigestCredentials.supports(challenge)) {
        return challenge;
      }
      if (challenge.scheme().equals("basic") && basic == null) {
        basic = challenge;
      }
    }
    return basic;
  }

  private Credentials answerTo(Challenge challenge, Challenger challenger) throws IOException {
    Credentials refused = sent;
    if (refused != null) {
      if (cached) {
        cache.remove(refused);
      }
      Credentials renewed = refused.renewed(challenge);
      if (renewed != null) {
        return renewed;
      }
    }
    URI uri = challenger.target();
    PasswordAuthentication user =
        authenticator.requestPasswordAuthenticationInstance(
            challenger.host(),
            null,
            challenger.port(),
            challenger.protocol(),
            challenge.parameter("realm"),
            challenge.scheme(),
            uri == null ? null : uri.toURL(),
            role.requestor());
    if (user == null) {
      throw new IOException("No credentials provided");
    }
    return challenge.scheme().equals("basic")
        ? new BasicCredentials(challenge, user)
        : new DigestCredentials(challenge, user, AuthPolicy::nonce);
  }

  private static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
