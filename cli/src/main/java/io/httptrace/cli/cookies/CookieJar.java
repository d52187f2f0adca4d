package io.httptrace.cli.cookies;

import java.net.CookieHandler;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps cookies, and selects those for a request (RFC 6265, sections 5.3 and 5.4). */
public final class CookieJar extends CookieHandler {
  private static final Comparator<Cookie> LONGER_PATHS_FIRST =
      Comparator.comparingInt((Cookie cookie) -> -cookie.scope().path().length());

  private final InstantSource clock;
  private final List<Cookie> cookies = new ArrayList<>(); // guarded by this; by creation

  public CookieJar(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
    List<String> pairs =
        cookies().stream()
            .filter(cookie -> cookie.scope().holds(uri))
            .sorted(LONGER_PATHS_FIRST)
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .toList();
    return pairs.isEmpty() ? Map.of() : Map.of("Cookie", List.of(String.join("; ", pairs)));
  }

  @Override
  public synchronized void put(URI uri, Map<String, List<String>> headers) {
    Instant now = clock.instant();
    headers.forEach(
        (name, values) -> {
          if ("Set-Cookie".equalsIgnoreCase(name)) {
            for (String value : values) {
              addUnlessNull(SetCookie.of(value, uri, now));
            }
          }
        });
  }

  private void addUnlessNull(@Nullable Cookie cookie) {
    if (cookie != null) {
      add(cookie);
    }
  }

  /**
   * Adds a cookie, or replaces an older one.
   *
   * @param cookie the cookie; an expired one only removes the one it replaces
   */
  public synchronized void add(Cookie cookie) {
    for (int i = 0; i < cookies.size(); i++) {
      if (cookies.get(i).replaces(cookie)) {
        cookies.set(i, cookie);
        return;
      }
    }
    cookies.add(cookie);
  }

  /** {@return the cookies that have not expired, in the order of their creation} */
  public synchronized List<Cookie> cookies() {
    Instant now = clock.instant();
    cookies.removeIf(cookie -> cookie.isOver(now));
    return List.copyOf(cookies);
  }
}
