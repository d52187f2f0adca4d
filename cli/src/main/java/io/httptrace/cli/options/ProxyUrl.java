package io.httptrace.cli.options;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.text.Escapes;
import io.httptrace.cli.text.HostName;
import io.httptrace.client.ProxyRoute;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a proxy, {@code [SCHEME://][USER:PASSWORD@]HOST[:PORT]}, as curl reads it: without a
 * scheme it is an HTTP proxy, without a port 443 for https and 1080 for all others. Text after the
 * port is ignored.
 *
 * @param source the option or variable it is from, for errors; they never quote the URL, which can
 *     hold a password
 * @param scheme the scheme, in lower case
 * @param userInfo user and password as they are in the URL, or null
 * @param host a name or an IP literal
 * @param port the port, or null
 */
public record ProxyUrl(
    String source, String scheme, @Nullable String userInfo, String host, @Nullable String port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*)://|(?!.*://))(?:([^/?#]*)@)?(\\[[^]@/?#]*]|[^:@/?#\\[\\]]*)"
              + "(?::([^@/?#]*))?(?:[/?#].*)?");

  /**
   * {@return the proxy that a text names}
   *
   * @param source the option or variable it is from
   * @param text the text
   * @throws CommandException if it names no proxy
   */
  public static ProxyUrl parse(String source, String text) throws CommandException {
    Matcher parts = FORM.matcher(text.strip());
    String host = parts.matches() ? HostName.of(parts.group(3)) : null;
    if (host == null || host.equals("[]")) {
      throw CommandException.usage(source + ": there is no valid name of a host in it");
    }
    String scheme = parts.group(1) == null ? "http" : parts.group(1).toLowerCase(Locale.ROOT);
    return new ProxyUrl(source, scheme, parts.group(2), host, parts.group(4));
  }

  /**
   * {@return the route}
   *
   * @param user {@code user:password} in place of those of the URL, or null
   * @throws CommandException if there is no such kind of proxy, or it cannot take the user
   */
  public ProxyRoute route(@Nullable String user) throws CommandException {
    ProxyRoute route =
        switch (scheme) {
          case "http" -> ProxyRoute.http(host, number());
          case "https" -> ProxyRoute.https(host, number());
          case "socks5", "socks5h" -> ProxyRoute.socks5(host, number());
          default ->
              throw CommandException.usage(
                  source
                      + ": the scheme '"
                      + scheme
                      + "' is not supported, only http, https, socks5 and socks5h are");
        };
    return user != null ? with(route, user, false) : withOwnUser(route);
  }

  private ProxyRoute withOwnUser(ProxyRoute route) throws CommandException {
    return userInfo == null ? route : with(route, userInfo, true);
  }

  private ProxyRoute with(ProxyRoute route, String credentials, boolean encoded)
      throws CommandException {
    int colon = credentials.indexOf(':');
    String user = colon < 0 ? credentials : credentials.substring(0, colon);
    String password = colon < 0 ? "" : credentials.substring(colon + 1);
    try {
      return encoded
          ? route.credentials(
              characters(Escapes.decode(user)), characters(Escapes.decode(password)))
          : route.credentials(characters(user), characters(password));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(source + ": the proxy cannot be told the user or the password");
    }
  }

  /** The characters of user and password, which the client sends in UTF-8. */
  private static String characters(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("not UTF-8");
    }
    return text;
  }

  private int number() throws CommandException {
    String text = port;
    if (text == null || text.isEmpty()) {
      return scheme.equals("https") ? 443 : 1080;
    }
    if (text.matches("[0-9]{1,5}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    }
    throw CommandException.usage(source + ": it has no valid port");
  }
}
