package io.httptrace.cli.writeout;

import io.httptrace.timeline.PhaseKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The variables of {@code -w}: curl's, and {@code phase_NAME} for the time in each phase. Upper and
 * lower case are the same.
 *
 * <p>A value is a text or null, a {@code Long}, a {@link Duration} in seconds, or a {@link Status}.
 */
final class Variables {
  private static final SortedMap<String, Function<TransferFacts, @Nullable Object>> ALL =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** A status code: three digits as a text. */
  private record Status(int code) {}

  static {
    response();
    request();
    connection();
    sizes();
    times();
  }

  private Variables() {}

  private static void response() {
    ALL.put("content_type", facts -> facts.responseField("Content-Type"));
    ALL.put("errormsg", TransferFacts::message);
    ALL.put("exitcode", facts -> (long) facts.exitCode());
    ALL.put("filename_effective", TransferFacts::file);
    ALL.put("http_code", facts -> new Status(facts.status()));
    ALL.put("response_code", facts -> new Status(facts.status()));
    ALL.put("http_connect", facts -> new Status(facts.proxyStatus()));
    ALL.put("http_version", TransferFacts::httpVersion);
    ALL.put("num_headers", TransferFacts::fieldCount);
    ALL.put("num_redirects", TransferFacts::redirects);
    ALL.put("redirect_url", TransferFacts::redirectUrl);
  }

  private static void request() {
    ALL.put("method", TransferFacts::method);
    ALL.put("referer", facts -> facts.requestField("Referer"));
    ALL.put("scheme", TransferFacts::scheme);
    ALL.put("url", TransferFacts::url);
    ALL.put("url_effective", TransferFacts::lastUrl);
    ALL.put("urlnum", facts -> (long) facts.number());
  }

  private static void connection() {
    ALL.put("local_ip", facts -> Ends.ip(facts.ends().local()));
    ALL.put("local_port", facts -> Ends.port(facts.ends().local()));
    ALL.put("remote_ip", facts -> Ends.ip(facts.ends().remote()));
    ALL.put("remote_port", facts -> Ends.port(facts.ends().remote()));
    ALL.put("num_connects", TransferFacts::connects);
    ALL.put("num_certs", TransferFacts::certificates);
    ALL.put("ssl_verify_result", facts -> VerifyResult.of(facts, false));
    ALL.put("proxy_ssl_verify_result", facts -> VerifyResult.of(facts, true));
  }

  private static void sizes() {
    ALL.put("size_download", TransferFacts::received);
    ALL.put("size_upload", TransferFacts::sent);
    ALL.put("size_header", facts -> HeadSizes.responses(facts.timeline()));
    ALL.put("size_request", facts -> HeadSizes.requests(facts.timeline()));
    ALL.put("speed_download", facts -> facts.times().speed(facts.received()));
    ALL.put("speed_upload", facts -> facts.times().speed(facts.sent()));
  }

  private static void times() {
    ALL.put("time_namelookup", facts -> facts.times().nameLookup());
    ALL.put("time_connect", facts -> facts.times().connect());
    ALL.put("time_appconnect", facts -> facts.times().appConnect());
    ALL.put("time_pretransfer", facts -> facts.times().preTransfer());
    ALL.put("time_starttransfer", facts -> facts.times().startTransfer());
    ALL.put("time_redirect", facts -> facts.times().redirect());
    ALL.put("time_total", facts -> facts.times().total());
    for (PhaseKind kind : PhaseKind.values()) {
      ALL.put("phase_" + kind.label(), facts -> facts.times().phase(kind));
    }
  }

  static boolean isKnown(String name) {
    return ALL.containsKey(name);
  }

  /**
   * {@return the value of a variable as curl prints it}
   *
   * @param name the name of a known one
   * @param facts what it stands for
   */
  static String text(String name, TransferFacts facts) {
    Function<TransferFacts, @Nullable Object> variable = ALL.get(name);
    Object value = variable == null ? null : variable.apply(facts);
    if (value == null) {
      return "";
    }
    return value instanceof Status status
        ? String.format(Locale.ROOT, "%03d", status.code())
        : value instanceof String text ? text : number(value);
  }

  /**
   * {@return all of them as JSON, by name}
   *
   * @param facts what they stand for
   */
  static Map<String, String> json(TransferFacts facts) {
    Map<String, String> members = new LinkedHashMap<>();
    ALL.forEach(
        (name, variable) -> {
          Object value = variable.apply(facts);
          members.put(
              name,
              value == null ? "null" : value instanceof String text ? quoted(text) : number(value));
        });
    return members;
  }

  private static String number(Object value) {
    if (value instanceof Duration duration) {
      long micros = duration.toNanos() / 1000;
      return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }
    return value instanceof Status status ? Integer.toString(status.code()) : value.toString();
  }

  /**
   * {@return a text as JSON}
   *
   * @param text the text
   */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
