package io.httptrace.client.call;

import io.httptrace.client.exchange.ResponseHead;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the challenges of one call with what an {@link Authenticator} gives, as often as the
 * JDK's client does. A request that has credentials of the caller's is left alone.
 */
final class AuthPolicy {
  /** The JDK's property for how often credentials that were refused are replaced. */
  static final String LIMIT_PROPERTY = "jdk.httpclient.auth.retrylimit";

  private static final int DEFAULT_LIMIT = 3;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Authenticator authenticator;
  private final CredentialCache cache;
  private final AuthRole role;
  private final int limit;

  // What the request that is under way has been sent with.
  private @Nullable Credentials sent;
  private boolean cached;

  // What the next request is sent with, if that follows a challenge.
  private @Nullable Credentials answer;
  private int tries;

  AuthPolicy(Authenticator authenticator, CredentialCache cache, AuthRole role) {
    this.authenticator = authenticator;
    this.cache = cache;
    this.role = role;
    this.limit = Integer.getInteger(LIMIT_PROPERTY, DEFAULT_LIMIT);
  }

  /** {@return the request with credentials, if there are any for its target} */
  RequestSnapshot before(RequestSnapshot request) throws IOException {
    Credentials answering = answer;
    answer = null;
    sent = null;
    if (!request.values(role.credentialsField()).isEmpty()) {
      return request;
    }
    cached = answering == null;
    Credentials known = cached ? cache.find(request.uri()) : answering;
    if (known == null) {
      return request;
    }
    sent = known;
    if (cached) {
      tries++;
    }
    return request.withField(role.credentialsField(), List.of(known.answer(request)));
  }

  /**
   * {@return the request again, if the response asks for credentials and there are some}
   *
   * @throws IOException if the response does not say what it asks for, the authenticator has no
   *     answer, or answers have been refused too often
   */
  @Nullable RequestSnapshot after(RequestSnapshot request, ResponseHead head) throws IOException {
    if (head.status() != role.status()) {
      accepted(request.uri(), head);
      return null;
    }
    if (!request.values(role.credentialsField()).isEmpty()) {
      return null;
    }
    List<String> values = head.headers().allValues(role.challengeField());
    if (values.isEmpty()) {
      throw new IOException(
          role.challengeField() + " header missing for response code " + head.status());
    }
    Challenge challenge = choose(Challenge.parse(values));
    if (challenge == null) {
      return null;
    }
    if (tries > limit) {
      throw new IOException("too many authentication attempts. Limit: " + limit);
    }
    tries++;
    answer = answerTo(challenge, request);
    return request;
  }

  private void accepted(URI target, ResponseHead head) {
    tries = 0;
    Credentials accepted = sent;
    if (accepted != null) {
      accepted.accepted(
          head.headers()
              .firstValue(role.infoField())
              .map(ChallengeParser::parameters)
              .orElse(Map.of()));
      if (!cached) {
        cache.store(target, accepted);
      }
    }
  }

  /** The first Digest that can be answered, and Basic only if there is none. */
  private static @Nullable Challenge choose(List<Challenge> challenges) {
    Challenge basic = null;
    for (Challenge challenge : challenges) {
      if (challenge.scheme().equals("digest") && DigestCredentials.supports(challenge)) {
        return challenge;
      }
      if (challenge.scheme().equals("basic") && basic == null) {
        basic = challenge;
      }
    }
    return basic;
  }

  private Credentials answerTo(Challenge challenge, RequestSnapshot request) throws IOException {
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
    URI uri = request.uri();
    PasswordAuthentication user =
        authenticator.requestPasswordAuthenticationInstance(
            uri.getHost(),
            null,
            uri.getPort(),
            uri.getScheme(),
            challenge.parameter("realm"),
            challenge.scheme(),
            uri.toURL(),
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
