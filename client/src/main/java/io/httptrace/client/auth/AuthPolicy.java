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
 * Answers the challenges of one call, those of servers or those of proxies, with what an {@link
 * Authenticator} gives, as often as the JDK's client does.
 */
public final class AuthPolicy {
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

  /**
   * Who asks for credentials, as the authenticator is told.
   *
   * @param host its host
   * @param port its port, or -1 for the default one
   * @param protocol what it speaks
   * @param target what is asked for, or null if that is not for the authenticator to know
   */
  record Asker(String host, int port, String protocol, @Nullable URI target) {}

  public AuthPolicy(Authenticator authenticator, CredentialCache cache, AuthRole role) {
    this.authenticator = authenticator;
    this.cache = cache;
    this.role = role;
    this.limit = Integer.getInteger(LIMIT_PROPERTY, DEFAULT_LIMIT);
  }

  /**
   * {@return what the next request is sent with, or null for nothing}
   *
   * @param space what the credentials must be for
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

  /** The next request is sent as it is: it has credentials of the caller's, or there are none. */
  void nothing() {
    answer = null;
    sent = null;
  }

  /** The request is sent again for a reason that says nothing of its credentials. */
  public void repeat() {
    if (!cached) {
      answer = sent;
    }
  }

  /**
   * {@return whether the request is to be sent again, as there is an answer to a challenge}
   *
   * @param asker who asks
   * @param headers the fields that say for what
   * @param disabled schemes that are not used, in lower case
   * @throws IOException if the response does not say what it asks for, the authenticator has no
   *     answer, or answers have been refused too often
   */
  boolean refused(Asker asker, HttpHeaders headers, Set<String> disabled) throws IOException {
    Challenge challenge = choose(Challenge.parse(challenges(headers)), disabled);
    if (challenge == null) {
      return false;
    }
    if (tries > limit) {
      throw new IOException("too many authentication attempts. Limit: " + limit);
    }
    tries++;
    answer = answerTo(challenge, asker);
    return true;
  }

  /**
   * {@return what a response asks for}
   *
   * @throws IOException if it does not say
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
   * Whoever may ask did not.
   *
   * @param space what the credentials that were sent are good for
   * @param headers the fields that say how to go on
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

  /** The first Digest that can be answered, and Basic only if there is none. */
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

  private Credentials answerTo(Challenge challenge, Asker asker) throws IOException {
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
    URI uri = asker.target();
    PasswordAuthentication user =
        authenticator.requestPasswordAuthenticationInstance(
            asker.host(),
            null,
            asker.port(),
            asker.protocol(),
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
