package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.Escapes;
import io.httptrace.cli.text.HostName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The target of a URL on the command line.
 *
 * @param uri the URL without user info and fragment, with invalid characters percent-encoded
 * @param userInfo the decoded {@code user:password} of the URL, or null
 */
public record Target(URI uri, @Nullable String userInfo) {

  /** As curl reads it: one to three slashes are accepted. */
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/{1,3}");

  private static final Pattern REST =
      Pattern.compile("(?:([^/?#]*)@)?([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?", Pattern.DOTALL);

  /** A host and the text of its port. */
  private static final Pattern HOST_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(.*))?");

  /**
   * {@return the target of a URL} As with curl, a URL without a scheme is an http URL, {@code ..}
   * is resolved, the fragment is not sent, and there are no globs: {@code {}} and {@code []} have
   * no special meaning.
   *
   * @param text the URL
   * @throws CommandException if it is malformed, or not an http or https URL
   */
  public static Target parse(String text) throws CommandException {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
        throw bad("bad URL: illegal character at position " + i);
      }
    }
    Matcher start = SCHEME.matcher(text);
    boolean absolute = start.lookingAt();
    String scheme = absolute ? start.group(1).toLowerCase(Locale.ROOT) : "http";
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("bad URL: the scheme '" + scheme + "' is not supported, only http and https are");
    }
    Matcher parts = REST.matcher(absolute ? text.substring(start.end()) : text);
    if (!parts.matches()) {
      throw bad("bad URL");
    }
    StringBuilder url = new StringBuilder(scheme).append("://").append(authority(parts.group(2)));
    url.append(Escapes.encode(withoutDots(parts.group(3)), Escapes.PATH));
    if (parts.group(4) != null) {
      url.append('?').append(Escapes.encode(parts.group(4), Escapes.QUERY));
    }
    String user = parts.group(1);
    return new Target(uri(url.toString()), user == null ? null : Escapes.decode(user));
  }

  /** {@return whether it is an https URL} */
  public boolean isSecure() {
    return uri.getScheme().equals("https");
  }

  private static String authority(String text) throws CommandException {
    Matcher parts = HOST_PORT.matcher(text);
    String host = parts.matches() ? HostName.of(parts.group(1)) : null;
    if (host == null) {
      throw bad("bad URL: it has no valid host name");
    }
    String port = parts.group(2);
    return port == null || port.isEmpty() ? host : host + ":" + port(port);
  }

  private static int port(String text) throws CommandException {
    String digits = text.replaceFirst("^0+(?=.)", "");
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
    if (port < 1 || port > 65_535) {
      // Not quoted: it may be a password if an @ was forgotten.
      throw bad(
          "bad URL: "
              + (text.matches("[0-9]+") ? text + " is not a port" : "it has no valid port"));
    }
    return port;
  }

  /** Removes dot segments (RFC 3986, section 5.2.4). */
  private static String withoutDots(String path) {
    if (path.isEmpty()) {
      return "/";
    }
    StringBuilder out = new StringBuilder();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> out.append(last ? "/" : "");
        case ".." -> {
          out.setLength(Math.max(out.lastIndexOf("/"), 0));
          out.append(last ? "/" : "");
        }
        default -> out.append('/').append(segments[i]);
      }
    }
    return out.toString();
  }

  /** Makes the URI. Only an IPv6 literal can still be invalid. */
  private static URI uri(String text) throws CommandException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw bad("bad URL: it has no valid host name");
    }
  }

  /** {@return the port, or else the scheme's default} */
  public int port() {
    return HostName.port(uri);
  }

  private static CommandException bad(String message) {
    return new CommandException(ExitCode.BAD_URL, message);
  }
}
