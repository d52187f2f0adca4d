package io.httptrace.cli.writeout;

import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.failure.Failure;
import io.httptrace.timeline.ConnectionUse;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.RoundTrip;

/** Whether the certificate was good: numbers as OpenSSL has them. */
final class VerifyResult {

  /** That of X509_V_OK. */
  private static final long GOOD = 0;

  /** That of X509_V_ERR_UNSPECIFIED. */
  private static final long NOT_KNOWN = 1;

  /** That of X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY. */
  private static final long NOT_TRUSTED = 20;

  private VerifyResult() {}

  /**
   * {@return the number} With {@code -k} nobody looks at certificates, so it is not known.
   *
   * @param facts what is known of the transfer
   * @param proxy whether that of a proxy is meant
   */
  static long of(TransferFacts facts, boolean proxy) {
    PhaseKind kind = proxy ? PhaseKind.PROXY_TLS : PhaseKind.TLS;
    RoundTrip last = facts.last();
    if (last == null || (last.phases(kind).isEmpty() && !hasTls(last, proxy))) {
      return GOOD;
    }
    Failure failure = facts.failure();
    if (failure != null && failure.exitCode() == ExitCode.CERTIFICATE && failure.phase() == kind) {
      return NOT_TRUSTED;
    }
    return facts.options().connection().tls().insecure() ? NOT_KNOWN : GOOD;
  }

  /** {@return whether there was a handshake with the server, perhaps before an earlier request} */
  private static boolean hasTls(RoundTrip roundTrip, boolean proxy) {
    ConnectionUse connection = roundTrip.connection();
    return !proxy && connection != null && connection.tls() != null;
  }
}
