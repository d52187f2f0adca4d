package io.httptrace.client;

import java.util.List;
import java.util.stream.Stream;

/** The hooks of an upload that is asked for, to a host with a name, in the order they fire in. */
final class UploadHooks {
  private static final List<String> CONNECTING =
      List.of("roundTripStart", "getConn", "dnsStart", "dnsDone", "connectStart", "connectDone");

  private static final List<String> ON_THE_CONNECTION =
      List.of(
          "gotConn",
          "wroteHeaderField",
          "wroteHeaders",
          "wait100Continue",
          "gotFirstResponseByte",
          "got100Continue",
          "got1xxResponse",
          "wroteRequest",
          "gotResponse",
          "putIdleConn",
          "roundTripDone");

  /** In clear text. */
  static final List<String> PLAIN = connectingAnd(ON_THE_CONNECTION.stream());

  /** By TLS. */
  static final List<String> SECURE =
      connectingAnd(
          Stream.concat(
              Stream.of("tlsHandshakeStart", "tlsHandshakeDone"), ON_THE_CONNECTION.stream()));

  private UploadHooks() {}

  private static List<String> connectingAnd(Stream<String> others) {
    return Stream.concat(CONNECTING.stream(), others).toList();
  }
}
