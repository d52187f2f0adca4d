package io.httptrace.timeline;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether secrets are masked in what is printed or exported.
 *
 * <p>A timeline holds unmasked values; accessors of values that can hold a secret take one of the
 * two. Masked are
 *
 * <ul>
 *   <li>the values of {@code Authorization}, {@code Proxy-Authorization}, {@code Cookie}, {@code
 *       Set-Cookie}, {@code Authentication-Info} and {@code Proxy-Authentication-Info}; in the
 *       first two, a well-known scheme is kept;
 *   <li>user info and query values of URLs (and values in fragments, where redirects of OAuth put
 *       tokens), in the request's own URL, in the fields that hold one ({@code Location}, {@code
 *       Content-Location}, {@code Referer}, {@code Refresh}, {@code Link}, {@code :path}) and
 *       wherever one stands in the message of an error.
 * </ul>
 *
 * <p>Challenges ({@code WWW-Authenticate}, {@code Proxy-Authenticate}) are not masked: servers send
 * them to everyone. An application's own fields are not masked: it is not known which hold secrets.
 */
public enum Redaction {
  /** Secrets are replaced by {@code ***}. */
  MASK_SECRETS,
  /** Everything is shown as it was sent and received. */
  NONE;

  private static final String MASK = "***";

  private static final Set<String> SECRET_FIELDS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "authentication-info",
          "proxy-authentication-info");

  private static final Set<String> URL_FIELDS =
      Set.of("location", "content-location", "referer", "refresh", "link", ":path");

  /** A credential of a registered scheme (RFC 9110, section 16.4.1). */
  private static final Pattern KNOWN_SCHEME =
      Pattern.compile(
          "(?i)(basic|bearer|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth"
              + "|scram-sha-1|scram-sha-256|vapid|aws4-hmac-sha256) +\\S.*",
          Pattern.DOTALL);

  /** The authority's user info (RFC 3986, section 3.2.1). */
  private static final Pattern USER_INFO = Pattern.compile("(//)[^/?#\\s]*@");

  /** A query or a fragment (RFC 3986, section 3.4), up to a character that cannot be part of it. */
  private static final Pattern PARAMETERS = Pattern.compile("([?#])([^#\\s<>\"]*)");

  private static final Pattern WORD = Pattern.compile("\\S++");

  /**
   * {@return a URI as text}
   *
   * @param uri the URI
   */
  public String uri(URI uri) {
    return url(requireNonNull(uri, "uri").toString());
  }

  /**
   * {@return a URL, or a part of one that starts at its path, as text}
   *
   * @param url the URL as text; need not be well-formed
   */
  public String url(String url) {
    requireNonNull(url, "url");
    if (this == NONE) {
      return url;
    }
    String withoutUser = USER_INFO.matcher(url).replaceAll("$1" + MASK + "@");
    return PARAMETERS
        .matcher(withoutUser)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + maskParameters(found.group(2), found.group(1).equals("?"))));
  }

  /**
   * {@return the values of a header field as text}
   *
   * @param name the name of the field, in any case
   * @param values its values
   */
  public List<String> values(String name, List<String> values) {
    requireNonNull(name, "name");
    requireNonNull(values, "values");
    if (this == NONE) {
      return values;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (SECRET_FIELDS.contains(lower)) {
      return values.stream().map(Redaction::maskCredential).toList();
    }
    return URL_FIELDS.contains(lower) ? values.stream().map(this::url).toList() : values;
  }

  /**
   * {@return header fields with their values as text, in the same order}
   *
   * @param headers the fields
   */
  public Map<String, List<String>> headers(Map<String, List<String>> headers) {
    requireNonNull(headers, "headers");
    if (this == NONE) {
      return headers;
    }
    Map<String, List<String>> masked = new LinkedHashMap<>();
    headers.forEach((name, values) -> masked.put(name, values(name, values)));
    return Headers.unmodifiable(masked);
  }

  /**
   * {@return free text, such as the message of an exception, with the URLs in it masked}
   *
   * @param text the text
   */
  public String text(String text) {
    requireNonNull(text, "text");
    if (this == NONE) {
      return text;
    }
    return WORD.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(maskWord(found.group())));
  }

  /** A word with a slash in it may be a URL, or a part of one. */
  private String maskWord(String word) {
    return word.indexOf('/') < 0 ? word : url(word);
  }

  /**
   * {@return an error as text: its class and message} Never throws, whatever the error does.
   *
   * @param error the error
   */
  public String error(Throwable error) {
    requireNonNull(error, "error");
    @Nullable String text;
    try {
      text = error.toString();
    } catch (RuntimeException e) {
      text = null;
    }
    return text == null ? error.getClass().getName() : text(text);
  }

  private static String maskCredential(String value) {
    Matcher scheme = KNOWN_SCHEME.matcher(value);
    return scheme.matches() ? scheme.group(1) + " " + MASK : MASK;
  }

  /** Keeps names and separators. In a query, text without a name is a value. */
  private static String maskParameters(String parameters, boolean query) {
    StringBuilder masked = new StringBuilder();
    for (String part : parameters.split("&", -1)) {
      int equals = part.indexOf('=');
      boolean secret = equals < 0 ? query && !part.isEmpty() : equals < part.length() - 1;
      masked
          .append(masked.isEmpty() ? "" : "&")
          .append(secret ? part.substring(0, equals + 1) + MASK : part);
    }
    return masked.toString();
  }
}
