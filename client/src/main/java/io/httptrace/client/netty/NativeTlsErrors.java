package io.httptrace.client.netty;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/** Says what BoringSSL reports as the JDK's TLS would say it. */
final class NativeTlsErrors {
  /** Such as "error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE". */
  private static final Pattern ERROR =
      Pattern.compile("error:[0-9a-fA-F]{5}([0-9a-fA-F]{3}):[^:]*:[^:]*:(\\w+).*");

  /** Alerts of the peer are numbered from here. */
  private static final int ALERTS = 1000;

  /** The names of alerts (RFC 8446, section 6; RFC 5246, section 7.2). */
  private static final Map<Integer, String> ALERT_NAMES =
      Map.ofEntries(
          Map.entry(0, "close_notify"),
          Map.entry(10, "unexpected_message"),
          Map.entry(20, "bad_record_mac"),
          Map.entry(21, "decryption_failed"),
          Map.entry(22, "record_overflow"),
          Map.entry(30, "decompression_failure"),
          Map.entry(40, "handshake_failure"),
          Map.entry(41, "no_certificate"),
          Map.entry(42, "bad_certificate"),
          Map.entry(43, "unsupported_certificate"),
          Map.entry(44, "certificate_revoked"),
          Map.entry(45, "certificate_expired"),
          Map.entry(46, "certificate_unknown"),
          Map.entry(47, "illegal_parameter"),
          Map.entry(48, "unknown_ca"),
          Map.entry(49, "access_denied"),
          Map.entry(50, "decode_error"),
          Map.entry(51, "decrypt_error"),
          Map.entry(60, "export_restriction"),
          Map.entry(70, "protocol_version"),
          Map.entry(71, "insufficient_security"),
          Map.entry(80, "internal_error"),
          Map.entry(86, "inappropriate_fallback"),
          Map.entry(90, "user_canceled"),
          Map.entry(100, "no_renegotiation"),
          Map.entry(109, "missing_extension"),
          Map.entry(110, "unsupported_extension"),
          Map.entry(111, "certificate_unobtainable"),
          Map.entry(112, "unrecognized_name"),
          Map.entry(113, "bad_certificate_status_response"),
          Map.entry(114, "bad_certificate_hash_value"),
          Map.entry(115, "unknown_psk_identity"),
          Map.entry(116, "certificate_required"),
          Map.entry(120, "no_application_protocol"));

  private NativeTlsErrors() {}

  /** {@return the error as the JDK would report it, or null if it is none of BoringSSL's} */
  static @Nullable SSLException plain(Throwable error) {
    if (!(error instanceof SSLException)) {
      return null;
    }
    String message = error.getMessage();
    Throwable refused = refusal(error);
    if (refused != null && speaksOfIt(error)) {
      SSLException plain = new SSLHandshakeException(refused.getMessage());
      plain.initCause(refused);
      return plain;
    }
    Matcher matcher = ERROR.matcher(message == null ? "" : message);
    return matcher.matches() ? of(error, matcher) : null;
  }

  private static boolean speaksOfIt(Throwable error) {
    String message = error.getMessage();
    return error.getClass().getName().startsWith("io.netty.")
        || (message != null
            && (message.contains("OpenSslEngine") || ERROR.matcher(message).matches()));
  }

  /** {@return why a certificate was not good enough, as the JDK's checks have said it} */
  private static @Nullable Throwable refusal(Throwable error) {
    Throwable cause = error.getCause();
    while (cause instanceof SSLException) {
      cause = cause.getCause();
    }
    // Netty appends all names of the certificate to what the JDK says of the one that is wrong.
    while (cause instanceof CertificateException
        && cause.getClass() == CertificateException.class
        && cause.getCause() instanceof CertificateException said) {
      cause = said;
    }
    return cause;
  }

  private static SSLException of(Throwable error, Matcher matcher) {
    int alert = Integer.parseInt(matcher.group(1), 16) - ALERTS;
    if (alert >= 0) {
      String name = ALERT_NAMES.get(alert);
      String text = "Received fatal alert: " + (name == null ? "number " + alert : name);
      return error instanceof SSLHandshakeException
          ? new SSLHandshakeException(text)
          : new SSLException(text);
    }
    String text = matcher.group(2).toLowerCase(Locale.ROOT).replace('_', ' ');
    return error instanceof SSLHandshakeException
        ? new SSLHandshakeException(text)
        : new SSLProtocolException(text);
  }
}
