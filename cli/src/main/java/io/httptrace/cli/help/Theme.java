package io.httptrace.cli.help;

import java.util.List;
import java.util.Locale;

/** What options are about. */
enum Theme {
  /** The request. */
  REQUEST(
      "What to send: method, header fields, body, credentials",
      "--request",
      "--header",
      "--data",
      "--data-ascii",
      "--data-binary",
      "--data-raw",
      "--data-urlencode",
      "--form",
      "--form-string",
      "--get",
      "--globoff",
      "--head",
      "--json",
      "--range",
      "--referer",
      "--upload-file",
      "--url",
      "--user-agent",
      "--user"),
  /** Cookies. */
  COOKIES("Cookies to send and to keep", "--cookie", "--cookie-jar"),
  /** The response. */
  RESPONSE(
      "What to do with the response: body, redirects, retries, compression",
      "--output",
      "--remote-name",
      "--remote-header-name",
      "--include",
      "--fail",
      "--fail-with-body",
      "--max-filesize",
      "--location",
      "--max-redirs",
      "--retry",
      "--retry-all-errors",
      "--retry-connrefused",
      "--retry-delay",
      "--retry-max-time",
      "--compressed"),
  /** The connection. */
  CONNECTION(
      "How to connect: protocol, addresses, time limits",
      "--http1.1",
      "--http2",
      "--http2-prior-knowledge",
      "--ipv4",
      "--ipv6",
      "--resolve",
      "--connect-to",
      "--interface",
      "--unix-socket",
      "--connect-timeout",
      "--max-time"),
  /** Proxies. */
  PROXY("Proxies", "--proxy", "--proxy-user", "--noproxy"),
  /** TLS. */
  TLS(
      "TLS: whom to trust, and a certificate of one's own",
      "--insecure",
      "--cacert",
      "--cert",
      "--key",
      "--tls-max",
      "--tlsv1",
      "--tlsv1.0",
      "--tlsv1.1",
      "--tlsv1.2",
      "--tlsv1.3"),
  /** Many requests. */
  MEASURE(
      "Many requests: how many, how fast, and what is fast enough",
      "--requests",
      "--concurrency",
      "--rate",
      "--duration",
      "--warm",
      "--cold",
      "--compare",
      "--each-address",
      "--each-protocol",
      "--follow",
      "--slo"),
  /** Output. */
  OUTPUT(
      "What to show, in which form, and files to show to others",
      "--verbose",
      "--silent",
      "--show-error",
      "--write-out",
      "--cumulative",
      "--format",
      "--har",
      "--html",
      "--events",
      "--color",
      "--show-secrets"),
  /** The command itself. */
  HELP(
      "The command itself: help, version, manual page, completion, settings",
      "--config",
      "--disable",
      "--help",
      "--version",
      "--man",
      "--completion"),
  /** What has no other theme. */
  OTHER("All else");

  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // It is a copy, which cannot be changed.
  private final List<String> options;

  Theme(String meaning, String... options) {
    this.meaning = meaning;
    this.options = List.of(options);
  }

  /**
   * {@return what an option is about}
   *
   * @param names its names
   */
  static Theme of(List<String> names) {
    for (Theme theme : values()) {
      if (theme.options.stream().anyMatch(names::contains)) {
        return theme;
      }
    }
    return OTHER;
  }

  /** {@return its name for users} */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return what its options are about, without a full stop} */
  String meaning() {
    return meaning;
  }
}
