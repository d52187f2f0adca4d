package io.httptrace.cli;

import io.httptrace.cli.Options.RequestOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the request the options ask for. */
final class Requests {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String EXPECT = "Expect";
  private static final String USER_AGENT = "User-Agent";

  private Requests() {}

  /**
   * Lets {@code -H} set fields that {@link HttpRequest} reserves for the client by default. To be
   * called before the first request is made.
   */
  static void allowReservedHeaders() {
    if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
      System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,upgrade");
    }
  }

  /**
   * {@return a request}
   *
   * @param options what to send
   * @param uri where to send it
   * @param userInfo {@code user:password} of the URL for basic authentication (RFC 7617), or null;
   *     those of the options come first
   * @param body the body, if there is a {@code -d}
   * @param version what the command calls itself
   * @throws CommandException if the method or a header cannot be sent
   */
  static HttpRequest of(
      RequestOptions options, URI uri, @Nullable String userInfo, byte[] body, String version)
      throws CommandException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    boolean hasBody = !options.data().isEmpty();
    try {
      request.method(options.method(), publisher(options, body));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("-X: '" + options.method() + "' cannot be sent");
    }
    addUnlessGiven(request, options, USER_AGENT, userAgent(options, version));
    addUnlessGiven(request, options, "Accept", "*/*");
    addUnlessGiven(request, options, "Content-Type", hasBody ? FORM : "");
    String user = options.user();
    addUnlessGiven(request, options, "Authorization", basic(user != null ? user : userInfo));
    String cookie = options.cookie();
    addUnlessGiven(request, options, "Cookie", cookie == null ? "" : cookie);
    for (HeaderLine header : options.headers()) {
      String value = header.value();
      if (value != null) {
        add(request, header.name(), value);
      }
    }
    return request.build();
  }

  private static BodyPublisher publisher(RequestOptions options, byte[] body) {
    return options.data().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
  }

  /**
   * {@return what the options say the client is to call itself, or null} Empty if nothing, be it by
   * {@code -A} or by {@code -H}.
   *
   * @param options what to send
   */
  static @Nullable String userAgent(RequestOptions options) {
    boolean leftOut =
        options.headers().stream()
            .anyMatch(header -> header.isFor(USER_AGENT) && header.value() == null);
    return leftOut ? "" : options.userAgent();
  }

  private static String userAgent(RequestOptions options, String version) {
    String given = options.userAgent();
    return given != null ? given : "httptrace/" + version;
  }

  private static String basic(@Nullable String userInfo) {
    if (userInfo == null) {
      return "";
    }
    String credentials = userInfo.contains(":") ? userInfo : userInfo + ":";
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static void addUnlessGiven(
      HttpRequest.Builder request, RequestOptions options, String name, String value)
      throws CommandException {
    List<HeaderLine> given = options.headers();
    if (!value.isEmpty() && given.stream().noneMatch(header -> header.isFor(name))) {
      add(request, name, value);
    }
  }

  private static void add(HttpRequest.Builder request, String name, String value)
      throws CommandException {
    if (name.equalsIgnoreCase(EXPECT) && value.equalsIgnoreCase("100-continue")) {
      request.expectContinue(true);
      return;
    }
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("-H: '" + name + "' cannot be set");
    }
  }
}
