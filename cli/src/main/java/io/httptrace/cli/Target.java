package io.httptrace.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URL on the command line asks for.
 *
 * @param uri the URL without user info and fragment
 * @param userInfo the decoded {@code user:password} of the URL, or null
 */
record Target(URI uri, @Nullable String userInfo) {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

  /**
   * {@return the target of a URL} As with curl, a URL without a scheme is an http URL, and the
   * fragment is not sent.
   *
   * @param text the URL
   * @throws CommandException if it is malformed, or not an http or https URL
   */
  static Target parse(String text) throws CommandException {
    String url = SCHEME.matcher(text).lookingAt() ? text : "http://" + text;
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // The exception's own text would quote the URL, and with it a password.
      int position = Math.max(0, e.getIndex() - (url.length() - text.length()));
      throw bad("bad URL: " + e.getReason() + " at position " + position);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("bad URL: the scheme '" + scheme + "' is not supported, only http and https are");
    }
    if (uri.getHost() == null) {
      throw bad("bad URL: it has no valid host name");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw bad("bad URL: " + uri.getPort() + " is not a port");
    }
    return new Target(plain(uri, scheme), uri.getUserInfo());
  }

  /** {@return the port, the scheme's own if the URL has none} */
  int port() {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 80;
  }

  private static URI plain(URI uri, String scheme) {
    StringBuilder text = new StringBuilder(scheme).append("://").append(uri.getHost());
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
    text.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
    return URI.create(text.toString());
  }

  private static CommandException bad(String message) {
    return new CommandException(ExitCode.BAD_URL, message);
  }
}
