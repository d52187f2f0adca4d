package io.httptrace.cli.request;

import io.httptrace.cli.body.Payload;
import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.BodyFraming;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandOptions.FieldOptions;
import io.httptrace.cli.options.CommandOptions.RequestOptions;
import io.httptrace.cli.options.ProtocolChoice;
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
  private static final String CONTENT_TYPE = "Content-Type";
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
   * @param all what to send, and over which HTTP
   * @param uri where to send it
   * @param userInfo {@code user:password} of the URL for basic authentication (RFC 7617), or null;
   *     those of the options come first
   * @param payload the body, and what comes with it
   * @param version the version of the command
   * @throws CommandException if the method or a header cannot be sent
   */
  public static HttpRequest of(
      CommandOptions all, URI uri, @Nullable String userInfo, Payload payload, String version)
      throws CommandException {
    RequestOptions options = all.request();
    FieldOptions given = options.fields();
    if (options.method().equals("CONNECT")) {
      throw CommandException.usage("-X: 'CONNECT' cannot be sent");
    }
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    addUnlessGiven(fields, options, USER_AGENT, userAgent(options, version));
    addUnlessGiven(fields, options, "Accept", options.body().json() ? Payload.JSON : "*/*");
    addUnlessGiven(fields, options, CONTENT_TYPE, withBoundary(payload.type(), payload));
    String user = given.user();
    addUnlessGiven(fields, options, "Authorization", basic(user != null ? user : userInfo));
    addUnlessGiven(fields, options, "Cookie", given.cookie());
    addUnlessGiven(fields, options, "Referer", given.referer());
    addUnlessGiven(fields, options, "Range", given.range());
    BodyFraming framing = BodyFraming.of(options.headers(), payload.body());
    for (HeaderLine header : framing.others()) {
      String value =
          header.isFor(CONTENT_TYPE) ? withBoundary(header.value(), payload) : header.value();
      if (value != null) {
        add(fields, header.name(), value);
      }
    }
    Boolean asked = framing.expectContinue();
    boolean expect = asked == null ? asksFirst(all, uri) && payload.expectsContinue() : asked;
    return new PlannedRequest(
        options.method(), payload.target(uri), fields, framing.publisher(payload.body()), expect);
  }

  private static @Nullable String withBoundary(@Nullable String type, Payload payload) {
    return type == null || payload.boundary() == null
        ? type
        : type + "; boundary=" + payload.boundary();
  }

  /**
   * Whether a request is sure to go over HTTP/1.1. Only there does curl ask the server before it
   * sends a large body.
   */
  private static boolean asksFirst(CommandOptions options, URI uri) {
    ProtocolChoice protocol = options.connection().protocol();
    return protocol == ProtocolChoice.HTTP_1_1
        || (protocol != ProtocolChoice.HTTP_2_PRIOR_KNOWLEDGE && uri.getScheme().equals("http"));
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
    return leftOut ? "" : options.fields().userAgent();
  }

  private static String userAgent(RequestOptions options, String version) {
    String given = options.fields().userAgent();
    return given != null ? given : "httptrace/" + version;
  }

  private static @Nullable String basic(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    String credentials = userInfo.contains(":") ? userInfo : userInfo + ":";
    return "Basic " + Base64.getEncoder().encodeToString(Octets.encode(credentials));
  }

  private static void addUnlessGiven(
      Map<String, List<String>> fields,
      RequestOptions options,
      String name,
      @Nullable String value) {
    List<HeaderLine> given = options.headers();
    if (value != null
        && !value.isEmpty()
        && given.stream().noneMatch(header -> header.isFor(name))) {
      add(fields, name, value);
    }
  }

  private static void add(Map<String, List<String>> fields, String name, String value) {
    fields.computeIfAbsent(name, key -> new ArrayList<>()).add(Octets.asField(value));
  }
}
