package io.httptrace.render;

import io.httptrace.ByteCounts;
import io.httptrace.TlsConnectionState;
import io.httptrace.render.ExchangeTimes.DrawnPhase;
import io.httptrace.render.text.Addresses;
import io.httptrace.render.text.Labels;
import io.httptrace.render.text.Quantities;
import io.httptrace.render.text.Reasons;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.Phase;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.PhaseOutcome;
import io.httptrace.timeline.Redaction;
import io.httptrace.timeline.RoundTrip;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * What the picture says beside the bar of a phase.
 *
 * @param roundTrip the round trip of the phases
 * @param redaction whether secrets are masked
 */
record PhaseText(RoundTrip roundTrip, Redaction redaction) {

  /** With fewer bytes, or in less time, a rate says nothing about the network. */
  private static final long RATED_BYTES = 50_000;

  private static final Duration RATED_TIME = Duration.ofMillis(5);

  /**
   * {@return the facts of a phase, and how it ended if it did not just end}
   *
   * @param drawn a phase of the round trip as it is drawn
   */
  String of(DrawnPhase drawn) {
    List<String> parts = new ArrayList<>();
    String facts = facts(drawn);
    if (!facts.isEmpty()) {
      parts.add(facts);
    }
    String end = drawn.kind() == drawn.phase().kind() ? end(drawn.phase()) : "";
    if (!end.isEmpty()) {
      parts.add(end);
    }
    return String.join(", ", parts);
  }

  /**
   * {@return whether something failed in a phase} An attempt that was given up because another one
   * won has not failed.
   *
   * @param phase a phase of the round trip
   */
  boolean failed(Phase phase) {
    return phase == roundTrip.failedPhase()
        || (phase.outcome() == PhaseOutcome.FAILED && !givenUp(phase));
  }

  private static boolean givenUp(Phase phase) {
    return phase.abandoned() || phase.error() instanceof CancellationException;
  }

  private String facts(DrawnPhase drawn) {
    Phase phase = drawn.phase();
    return switch (drawn.kind()) {
      case QUEUE -> phase.waitReason() == null ? "" : "for " + Labels.of(phase.waitReason());
      case DNS -> dns(phase);
      case CONNECT -> address(phase);
      case PROXY_TLS, TLS -> tls(phase);
      case PROXY_CONNECT -> proxy(phase);
      case REQUEST -> sent();
      case WAIT -> "";
      case RESPONSE -> received(drawn);
    };
  }

  private static String dns(Phase phase) {
    String addresses =
        phase.addresses().stream().map(Addresses::of).collect(Collectors.joining(" "));
    String found = addresses.isEmpty() && phase.host() != null ? phase.host() : addresses;
    return found + (phase.coalesced() ? ", shared with another request" : "");
  }

  private static String address(Phase phase) {
    SocketAddress address = phase.address();
    return address == null ? "" : Addresses.of(address);
  }

  /** The version stands above the bars if this is what the connection uses. */
  private String tls(Phase phase) {
    TlsConnectionState tls = phase.tls();
    if (tls == null) {
      return "";
    }
    ConnectionUse connection = roundTrip.connection();
    TlsConnectionState used = connection == null ? null : connection.tls();
    boolean saidAbove =
        phase.kind() == PhaseKind.TLS && used != null && used.version().equals(tls.version());
    return (saidAbove ? "" : tls.version() + ", ") + (tls.resumed() ? "resumed" : "full handshake");
  }

  private static String proxy(Phase phase) {
    OptionalInt status = phase.proxyStatus();
    if (status.isEmpty()) {
      return address(phase);
    }
    String answer = status.getAsInt() < 100 ? ", SOCKS reply " : ", answered ";
    return address(phase) + answer + status.getAsInt();
  }

  private String sent() {
    ByteCounts bytes = roundTrip.bytes();
    return bytes == null ? "" : Quantities.bytes(bytes.wireSent());
  }

  private String received(DrawnPhase drawn) {
    ByteCounts bytes = roundTrip.bytes();
    if (bytes == null) {
      return "";
    }
    long received = bytes.wireReceived();
    boolean rated = received >= RATED_BYTES && drawn.duration().compareTo(RATED_TIME) >= 0;
    return Quantities.bytes(received)
        + (rated ? ", " + Quantities.rate(received, drawn.duration()) : "");
  }

  private String end(Phase phase) {
    if (phase.outcome() == PhaseOutcome.IN_PROGRESS) {
      return "not over yet";
    }
    if (failed(phase)) {
      return failure(phase);
    }
    if (givenUp(phase) && phase.kind() != PhaseKind.DNS) {
      return "given up";
    }
    return phase.outcome() == PhaseOutcome.CUT ? "cut short" : "";
  }

  /**
   * Of an attempt the request survived, the row says why. Of the one it died in, the facts of the
   * round trip do, and the cross at the end of the bar.
   */
  private String failure(Phase phase) {
    Throwable error = phase.error();
    return error == null || phase == roundTrip.failedPhase()
        ? ""
        : redaction.text(Reasons.of(error, phase.kind().label()));
  }
}
