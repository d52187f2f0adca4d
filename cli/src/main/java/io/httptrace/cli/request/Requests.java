package io.httptrace.cli.request;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.BodyFraming;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.text.HeaderLine;
import io.httptrace.cli.text.Octets;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the request for the options. */
public final class Requests {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String USER_AGENT = "User-Agent";

  private Requests() {}

  /**
   * Lets {@code -H} set fields that {@link HttpRequest} reserves for the client by default. Must be
   * called before the first request is made.
   */
  public static void allowReservedHeaders() {
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
   * @param version the version of the command
   * @throws CommandException if the method or a header cannot be sent
   */
  public static HttpRequest of(
      RequestOptions options, URI uri, @Nullable String userInfo, byte[] body, String version)
      throws CommandException {
    if (options.method().equals("CONNECT")) {
      throw CommandException.usage("-X: 'CONNECT' cannot be sent");
    }
    boolean hasBody = !options.data().isEmpty();
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    addUnlessGiven(fields, options, USER_AGENT, userAgent(options, version));
    addUnlessGiven(fields, options, "Accept", "*/*");
    addUnlessGiven(fields, options, "Content-Type", hasBody ? FORM : "");
    String user = options.user();
    addUnlessGiven(fields, options, "Authorization", basic(user != null ? user : userInfo));
    String cookie = options.cookie();
    addUnlessGiven(fields, options, "Cookie", cookie == null ? "" : cookie);
    BodyFraming framing = BodyFraming.of(options.headers(), hasBody ? body.length : -1);
    for (HeaderLine header : framing.others()) {
      String value = header.value();
      if (value != null) {
        add(fields, header.name(), value);
      }
    }
    return new PlannedRequest(
        options.method(), uri, fields, framing.publisher(body), framing.expectContinue());
  }

  /**
   * {@return the {@code User-Agent} of the options, or null} Empty if {@code -A} or {@code -H} says
   * to send none.
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
    return "Basic " + Base64.getEncoder().encodeToString(Octets.encode(credentials));
  }

  private static void addUnlessGiven(
      Map<String, List<String>> fields, RequestOptions options, String name, String value) {
    List<HeaderLine> given = options.headers();
    if (!value.isEmpty() && given.stream().noneMatch(header -> header.isFor(name))) {
      add(fields, name, value);
    }
  }

  private static void add(Map<String, List<String>> fields, String name, String value) {
    fields.computeIfAbsent(name, key -> new ArrayList<>()).add(Octets.asField(value));
  }
}
