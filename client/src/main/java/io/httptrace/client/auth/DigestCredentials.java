package io.httptrace.client.auth;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.httptrace.client.http.TokenList;
import io.httptrace.client.request.Syntax;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of the Digest scheme (RFC 7616), with MD5 and SHA-256, also in their {@code -sess}
 * forms, and {@code qop=auth}; without {@code qop} as in RFC 2069.
 */
final class DigestCredentials implements Credentials {
  private static final Map<String, String> HASHES = Map.of("md5", "MD5", "sha-256", "SHA-256");

  private final Challenge challenge;
  private final PasswordAuthentication user;
  private final Supplier<String> nonces;
  private final String realm;
  private final String secret;
  private volatile Session session;

  /**
   * The use of one nonce of the server.
   *
   * @param nonce the server's
   * @param own the client's
   * @param uses how often it has been used
   */
  private record Session(String nonce, String own, AtomicInteger uses) {}

  /**
   * Makes credentials.
   *
   * @param challenge a {@linkplain #supports supported} one
   * @param user the user
   * @param nonces gives nonces of the client, which must be hard to guess
   */
  DigestCredentials(Challenge challenge, PasswordAuthentication user, Supplier<String> nonces) {
    this.challenge = challenge;
    this.user = user;
    this.nonces = nonces;
    this.realm = requireNonNull(challenge.parameter("realm"));
    Session first =
        new Session(
            requireNonNull(challenge.parameter("nonce")), nonces.get(), new AtomicInteger());
    this.session = first;
    String plain = hash(user.getUserName() + ":" + realm + ":" + new String(user.getPassword()));
    this.secret =
        algorithm(challenge).endsWith("-sess")
            ? hash(plain + ":" + first.nonce() + ":" + first.own())
            : plain;
  }

  /**
   * {@return whether a challenge of this scheme can be answered} It cannot if a value that the
   * answer repeats is not valid in a field.
   */
  static boolean supports(Challenge challenge) {
    return HASHES.containsKey(hashName(challenge))
        && isGiven(challenge.parameter("realm"))
        && isGiven(challenge.parameter("nonce"))
        && Syntax.isFieldValue(requireNonNullElse(challenge.parameter("opaque"), ""))
        && (challenge.parameter("qop") == null || offersAuth(challenge));
  }

  private static boolean isGiven(@Nullable String value) {
    return value != null && Syntax.isFieldValue(value);
  }

  private static boolean offersAuth(Challenge challenge) {
    return TokenList.contains(List.of(requireNonNullElse(challenge.parameter("qop"), "")), "auth");
  }

  private static String algorithm(Challenge challenge) {
    return requireNonNullElse(challenge.parameter("algorithm"), "MD5").toLowerCase(Locale.ROOT);
  }

  private static String hashName(Challenge challenge) {
    String algorithm = algorithm(challenge);
    return algorithm.endsWith("-sess")
        ? algorithm.substring(0, algorithm.length() - "-sess".length())
        : algorithm;
  }

  @Override
  public PasswordAuthentication user() {
    return user;
  }

  @Override
  public String answer(String method, String target) throws IOException {
    Session current = session;
    boolean auth = challenge.parameter("qop") != null;
    String count = String.format("%08x", current.uses().incrementAndGet());
    String middle = auth ? ":" + count + ":" + current.own() + ":auth:" : ":";
    String response = hash(secret + ":" + current.nonce() + middle + hash(method + ":" + target));

    StringBuilder value = new StringBuilder(256).append("Digest ");
    appendUser(value);
    quoted(value, ", realm", realm);
    quoted(value, ", uri", target);
    unquoted(value, ", algorithm", challenge.parameter("algorithm"));
    quoted(value, ", nonce", current.nonce());
    if (auth) {
      unquoted(value, ", nc", count);
    }
    if (auth || !secretIsPlain()) {
      quoted(value, ", cnonce", current.own());
    }
    unquoted(value, ", qop", auth ? "auth" : null);
    quoted(value, ", response", response);
    quoted(value, ", opaque", challenge.parameter("opaque"));
    if (!Syntax.isFieldValue(value.toString())) {
      throw new IOException("the user's name cannot be sent");
    }
    return value.toString();
  }

  private boolean secretIsPlain() {
    return !algorithm(challenge).endsWith("-sess");
  }

  /** A user that is not ASCII is encoded (RFC 7616, section 3.4, and RFC 8187). */
  private void appendUser(StringBuilder value) {
    String name = user.getUserName();
    if (name.chars().allMatch(c -> c < 0x7f)) {
      quoted(value, "username", name);
      return;
    }
    value.append("username*=UTF-8''");
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) octet;
      if (octet > 0 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        value.append(c);
      } else {
        value.append(String.format("%%%02X", octet & 0xff));
      }
    }
  }

  private static void quoted(StringBuilder to, String name, @Nullable String value) {
    if (value != null) {
      String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"");
      to.append(name).append("=\"").append(escaped).append('"');
    }
  }

  private static void unquoted(StringBuilder to, String name, @Nullable String value) {
    if (value != null) {
      to.append(name).append('=').append(value);
    }
  }

  private String hash(String text) {
    Charset charset =
        challenge.has("charset", "UTF-8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    try {
      MessageDigest digest =
          MessageDigest.getInstance(requireNonNull(HASHES.get(hashName(challenge))));
      return HexFormat.of().formatHex(digest.digest(text.getBytes(charset)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without {@code domain} they are for the whole server (RFC 7616, section 3.3). */
  @Override
  public boolean coversOrigin() {
    return challenge.parameter("domain") == null;
  }

  @Override
  public @Nullable Credentials renewed(Challenge next) {
    boolean stale =
        next.scheme().equals("digest")
            && next.has("stale", "true")
            && realm.equals(next.parameter("realm"))
            && supports(next);
    return stale ? new DigestCredentials(next, user, nonces) : null;
  }

  @Override
  public void accepted(Map<String, String> info) {
    String next = info.get("nextnonce");
    if (next != null && Syntax.isFieldValue(next)) {
      session = new Session(next, session.own(), new AtomicInteger());
    }
  }
}
