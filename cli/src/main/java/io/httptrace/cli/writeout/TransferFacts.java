package io.httptrace.cli.writeout;

import io.httptrace.ByteCounts;
import io.httptrace.RoundTripReason;
import io.httptrace.TlsConnectionState;
import io.httptrace.cli.failure.Failure;
import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.text.Octets;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.HeaderField;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import io.httptrace.timeline.Timeline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a transfer, for the variables of {@code -w}.
 *
 * @param timeline what has happened
 * @param failure why it failed, or null
 * @param options the options
 * @param number the number of the URL on the command line, from 0
 * @param redaction whether secrets are masked
 */
public record TransferFacts(
    Timeline timeline,
    @Nullable Failure failure,
    CommandOptions options,
    int number,
    Redaction redaction) {

  /** {@return the last round trip, or null if there was none} */
  @Nullable RoundTrip last() {
    List<RoundTrip> all = timeline.roundTrips();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** {@return the first round trip, or null if there was none} */
  private @Nullable RoundTrip first() {
    List<RoundTrip> all = timeline.roundTrips();
    return all.isEmpty() ? null : all.get(0);
  }

  TransferTimes times() {
    return new TransferTimes(timeline);
  }

  // ---- The response

  int exitCode() {
    Failure known = failure;
    return known == null ? 0 : known.exitCode().number();
  }

  @Nullable String message() {
    Failure known = failure;
    return known == null ? null : known.message();
  }

  /** {@return the file that has the body, or null} */
  @Nullable String file() {
    return options.output().bodyToStdout() ? null : options.output().body();
  }

  /** {@return the status; 0 if there was no response} */
  int status() {
    RoundTrip last = last();
    return last == null ? 0 : last.status().orElse(0);
  }

  /** {@return the status with which a proxy answered CONNECT; 0 if none did} */
  int proxyStatus() {
    int status = 0;
    for (RoundTrip roundTrip : timeline.roundTrips()) {
      for (Phase phase : roundTrip.phases(PhaseKind.PROXY_CONNECT)) {
        status = phase.proxyStatus().orElse(status);
      }
    }
    return status;
  }

  /** {@return the version as curl writes it: {@code 1.1}, {@code 2}; {@code 0} if there is none} */
  String httpVersion() {
    RoundTrip last = last();
    String protocol = last == null ? null : last.protocol();
    return protocol == null ? "0" : protocol.substring(protocol.indexOf('/') + 1);
  }

  /** {@return the fields of the response, by name in any case; empty if there was none} */
  Map<String, List<String>> responseFields() {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    RoundTrip last = last();
    Map<String, List<String>> received = last == null ? null : last.responseHeaders(redaction);
    if (received != null) {
      received.forEach(
          (name, values) ->
              fields.put(name, values.stream().map(TransferFacts::characters).toList()));
    }
    return fields;
  }

  /** In a field each character stands for an octet. */
  private static String characters(String value) {
    return Octets.decode(value.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Nullable String responseField(String name) {
    List<String> values = responseFields().getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.get(0);
  }

  long fieldCount() {
    return responseFields().values().stream().mapToLong(List::size).sum();
  }

  long redirects() {
    return timeline.roundTrips().stream()
        .filter(roundTrip -> roundTrip.reason() == RoundTripReason.REDIRECT)
        .count();
  }

  /** {@return where the last response redirects to, which was not followed; or null} */
  @Nullable String redirectUrl() {
    RoundTrip last = last();
    String from = last == null ? null : last.uri(Redaction.NONE);
    Map<String, List<String>> fields = last == null ? null : last.responseHeaders(Redaction.NONE);
    if (from == null || fields == null || status() / 100 != 3) {
      return null;
    }
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      if (field.getKey().equalsIgnoreCase("Location")) {
        return redaction.url(resolved(from, characters(field.getValue().get(0))));
      }
    }
    return null;
  }

  private static String resolved(String from, String location) {
    try {
      return URI.create(from).resolve(location).toString();
    } catch (IllegalArgumentException e) {
      return location;
    }
  }

  // ---- The request

  @Nullable String method() {
    RoundTrip last = last();
    String sent = last == null ? null : last.method();
    return sent == null ? options.request().method() : sent;
  }

  @Nullable String requestField(String name) {
    RoundTrip last = last();
    if (last == null) {
      return null;
    }
    for (HeaderField field : last.requestHeaders()) {
      if (field.name().equalsIgnoreCase(name)) {
        return characters(field.values(redaction).get(0));
      }
    }
    return null;
  }

  @Nullable String url() {
    RoundTrip first = first();
    return first == null ? null : first.uri(redaction);
  }

  @Nullable String lastUrl() {
    RoundTrip last = last();
    return last == null ? null : last.uri(redaction);
  }

  /** {@return the scheme in upper case, as curl 7 has it; null if there was no connection} */
  @Nullable String scheme() {
    RoundTrip last = last();
    String uri = last == null ? null : last.uri(Redaction.NONE);
    boolean connected = ends().remote() != null;
    return uri == null || !connected
        ? null
        : uri.substring(0, uri.indexOf(':')).toUpperCase(Locale.ROOT);
  }

  // ---- The connection

  Ends ends() {
    RoundTrip last = last();
    return last == null ? Ends.NONE : Ends.of(last);
  }

  /** {@return how many new connections were made} */
  long connects() {
    return timeline.roundTrips().stream().filter(TransferFacts::isOnNewConnection).count();
  }

  private static boolean isOnNewConnection(RoundTrip roundTrip) {
    ConnectionUse connection = roundTrip.connection();
    return connection != null && !connection.reused();
  }

  long certificates() {
    RoundTrip last = last();
    ConnectionUse connection = last == null ? null : last.connection();
    TlsConnectionState tls = connection == null ? null : connection.tls();
    return tls == null ? 0 : tls.peerCertificates().size();
  }

  // ---- Sizes

  long received() {
    ByteCounts bytes = bytes();
    return bytes == null ? 0 : bytes.contentReceived();
  }

  long sent() {
    ByteCounts bytes = bytes();
    return bytes == null ? 0 : bytes.contentSent();
  }

  private @Nullable ByteCounts bytes() {
    RoundTrip last = last();
    return last == null ? null : last.bytes();
  }
}
