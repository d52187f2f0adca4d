package io.httptrace.cli.request;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.ConnectionOptions.ProxyOptions;
import io.httptrace.cli.options.ProxyUrl;
import io.httptrace.cli.text.HostName;
import io.httptrace.client.ProxyRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies to use, by the options and the environment, as curl reads them. {@code http_proxy}
 * counts in lower case only: a web server passes a request's field {@code Proxy} to CGI programs as
 * {@code HTTP_PROXY}. Of the others the lower case counts first. An empty value counts as not set.
 *
 * @param options the options
 * @param environment the environment variables
 */
public record Proxies(ProxyOptions options, Map<String, String> environment) {

  /** A value, and where it is from. */
  private record Setting(String name, String value) {}

  /**
   * {@return the routes through proxies; empty to use none}
   *
   * @throws CommandException if a proxy is not valid
   */
  public List<ProxyRoute> routes() throws CommandException {
    String url = options.url();
    if (url != null) {
      return url.isEmpty() ? List.of() : List.of(route(new Setting("-x", url)));
    }
    List<ProxyRoute> routes = new ArrayList<>();
    Setting http = first("http_proxy", "all_proxy", "ALL_PROXY");
    Setting https = first("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    if (http != null) {
      routes.add(route(http).onlyFor("http"));
    }
    if (https != null) {
      routes.add(route(https).onlyFor("https"));
    }
    return routes;
  }

  private ProxyRoute route(Setting setting) throws CommandException {
    ProxyRoute route = ProxyUrl.parse(setting.name(), setting.value()).route(options.user());
    for (String pattern : exceptions()) {
      try {
        route = route.except(pattern);
      } catch (IllegalArgumentException e) {
        // As with curl, an invalid host matches nothing.
      }
    }
    return route;
  }

  /** A name, with or without a dot before it, means the host and all below it, as with curl. */
  private List<String> exceptions() {
    String given = options.exceptions();
    Setting set = first("no_proxy", "NO_PROXY");
    String text = given != null ? given : set == null ? "" : set.value();
    if (text.strip().equals("*")) {
      return List.of("*");
    }
    List<String> patterns = new ArrayList<>();
    for (String pattern : text.split("[,\\s]+", -1)) {
      String name = pattern.startsWith(".") ? pattern.substring(1) : pattern;
      if (!name.isEmpty() && name.indexOf('*') < 0) {
        String host = name.indexOf('/') < 0 ? HostName.of(name) : null;
        patterns.add(host == null ? name : host);
      }
    }
    return patterns;
  }

  private @Nullable Setting first(String... names) {
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return new Setting(name, value);
      }
    }
    return null;
  }
}
