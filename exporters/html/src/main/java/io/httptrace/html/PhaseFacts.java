package io.httptrace.html;

import io.httptrace.ByteCounts;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the phases of a round trip.
 *
 * @param roundTrip the round trip
 * @param redaction whether secrets are masked
 */
record PhaseFacts(RoundTrip roundTrip, Redaction redaction) {
  /** The facts for which there is room beside a bar. */
  private static final Set<String> SUMMED_UP =
      Set.of(
          "Waiting for",
          "Addresses",
          "Lookup",
          "Address",
          "Answer",
          "Version",
          "Handshake",
          "Sent",
          "Received");

  /** {@return what happens in such a phase} */
  static String meaning(PhaseKind kind) {
    return switch (kind) {
      case QUEUE -> "Waiting for the pool";
      case DNS -> "Looking up the host name";
      case CONNECT -> "Connecting to one address";
      case PROXY_TLS -> "TLS handshake with the proxy";
      case PROXY_CONNECT -> "Asking the proxy for a connection";
      case TLS -> "TLS handshake with the server";
      case REQUEST -> "Sending the request";
      case WAIT -> "Waiting for the first byte of the response";
      case RESPONSE -> "Receiving the response";
    };
  }

  /** {@return whether something failed in a phase of it} One that was given up has not failed. */
  boolean failed(Phase phase) {
    return phase == roundTrip.failedPhase()
        || (phase.outcome() == PhaseOutcome.FAILED && !givenUp(phase));
  }

  private static boolean givenUp(Phase phase) {
    return phase.abandoned() || phase.error() instanceof CancellationException;
  }

  /** {@return when it was, and how it ended} */
  List<NamedFact> times(Phase phase) {
    List<NamedFact> facts = new ArrayList<>();
    facts.add(new NamedFact("Duration", Quantities.millis(phase.duration())));
    facts.add(new NamedFact("From", Quantities.millis(phase.start())));
    facts.add(new NamedFact("To", Quantities.millis(phase.end())));
    String end = end(phase);
    if (!end.isEmpty()) {
      facts.add(new NamedFact("Outcome", end));
    }
    return facts;
  }

  /** {@return how it ended, if it did not just end} */
  private String end(Phase phase) {
    if (phase.outcome() == PhaseOutcome.IN_PROGRESS) {
      return "not over yet";
    }
    if (failed(phase)) {
      Throwable error = phase.error() != null ? phase.error() : roundTrip.error();
      return error == null
          ? "failed"
          : "failed: " + redaction.text(Reasons.of(error, phase.kind().label()));
    }
    if (givenUp(phase)) {
      return "given up";
    }
    return phase.outcome() == PhaseOutcome.CUT ? "cut short" : "";
  }

  /** {@return in a few words, what stands beside its bar} */
  String summary(Phase phase) {
    List<String> parts = new ArrayList<>();
    for (NamedFact fact : ofKind(phase)) {
      if (SUMMED_UP.contains(fact.name())) {
        parts.add(fact.value());
      }
    }
    String end = end(phase);
    if (!end.isEmpty()) {
      parts.add(end);
    }
    return String.join(", ", parts);
  }

  /** {@return what only phases of its kind have} */
  List<NamedFact> ofKind(Phase phase) {
    ByteCounts bytes = roundTrip.bytes();
    return switch (phase.kind()) {
      case QUEUE ->
          phase.waitReason() == null
              ? List.of()
              : List.of(new NamedFact("Waiting for", Labels.of(phase.waitReason())));
      case DNS -> dns(phase);
      case CONNECT -> address(phase);
      case PROXY_CONNECT -> proxy(phase);
      case PROXY_TLS, TLS -> tls(phase.tls());
      case REQUEST ->
          bytes == null
              ? List.of()
              : List.of(new NamedFact("Sent", Quantities.bytes(bytes.wireSent())));
      case WAIT -> List.of();
      case RESPONSE ->
          bytes == null
              ? List.of()
              : List.of(new NamedFact("Received", Quantities.bytes(bytes.wireReceived())));
    };
  }

  private static List<NamedFact> dns(Phase phase) {
    List<NamedFact> facts = new ArrayList<>();
    if (phase.host() != null) {
      facts.add(new NamedFact("Host", phase.host()));
    }
    if (!phase.addresses().isEmpty()) {
      String addresses =
          phase.addresses().stream().map(Addresses::of).collect(Collectors.joining(" "));
      facts.add(new NamedFact("Addresses", addresses));
    }
    if (phase.coalesced()) {
      facts.add(new NamedFact("Lookup", "shared with another request"));
    }
    if (phase.resolver() != null) {
      facts.add(new NamedFact("Resolver", phase.resolver()));
    }
    return facts;
  }

  private static List<NamedFact> address(Phase phase) {
    return phase.address() == null
        ? List.of()
        : List.of(new NamedFact("Address", Addresses.of(phase.address())));
  }

  private static List<NamedFact> proxy(Phase phase) {
    List<NamedFact> facts = new ArrayList<>(address(phase));
    if (phase.proxyStatus().isPresent()) {
      int status = phase.proxyStatus().getAsInt();
      facts.add(new NamedFact("Answer", (status < 100 ? "SOCKS reply " : "status ") + status));
    }
    return facts;
  }

  /** {@return what a handshake agreed on} */
  static List<NamedFact> tls(@Nullable TlsConnectionState tls) {
    if (tls == null) {
      return List.of();
    }
    List<NamedFact> facts = new ArrayList<>();
    facts.add(new NamedFact("Version", tls.version()));
    facts.add(new NamedFact("Handshake", tls.resumed() ? "resumed" : "full handshake"));
    facts.add(new NamedFact("Cipher suite", tls.cipherSuite()));
    if (!tls.applicationProtocol().isEmpty()) {
      facts.add(new NamedFact("ALPN", tls.applicationProtocol()));
    }
    if (!tls.serverName().isEmpty()) {
      facts.add(new NamedFact("Server name", tls.serverName()));
    }
    return facts;
  }
}
