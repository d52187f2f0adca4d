package io.httptrace.render;

import io.httptrace.TlsConnectionState;
import io.httptrace.render.text.Addresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the picture says about the certificate of a peer.
 *
 * @param certificate the peer's own
 * @param serverName the name the peer was asked for; may be empty
 * @param now when it was asked
 */
record CertificateText(X509Certificate certificate, String serverName, Instant now) {

  /** From here on it is time to renew it. */
  private static final Duration SOON = Duration.ofDays(14);

  /** How many names are shown. */
  private static final int NAMES = 2;

  /** {@return the text about the peer's own certificate; null if it did not present any} */
  static @Nullable CertificateText of(TlsConnectionState tls, Instant now) {
    List<Certificate> chain = tls.peerCertificates();
    return !chain.isEmpty() && chain.get(0) instanceof X509Certificate own
        ? new CertificateText(own, tls.serverName(), now)
        : null;
  }

  /**
   * {@return the host names and addresses a certificate is for (RFC 6125); empty if it has none, or
   * if they cannot be read}
   */
  static List<String> names(X509Certificate certificate) {
    Collection<List<?>> alternatives;
    try {
      alternatives = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        int type = (Integer) alternative.get(0);
        if (type == 2) { // dNSName, RFC 5280, section 4.2.1.6
          names.add(String.valueOf(alternative.get(1)));
        } else if (type == 7) { // iPAddress
          names.add(address(String.valueOf(alternative.get(1))));
        }
      }
    }
    return names;
  }

  private static String address(String literal) {
    try {
      return literal.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]*")
          ? Addresses.of(InetAddress.getByName(literal))
          : literal;
    } catch (UnknownHostException e) {
      return literal;
    }
  }

  /** {@return whose it is, and for which names} */
  String subject() {
    DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
    List<String> names = names(certificate);
    String name = subject.commonName();
    String owner = subject.organization();
    if (owner == null && name != null && !names.contains(name)) {
      owner = name;
    }
    if (owner == null && names.isEmpty()) {
      owner = subject.text();
    }
    return "certificate"
        + (owner == null ? "" : " of " + owner)
        + (names.isEmpty() ? "" : " for " + shortened(names, name));
  }

  /** What was asked for comes first, then what the certificate is called. */
  private String shortened(List<String> names, @Nullable String commonName) {
    List<String> ordered = new ArrayList<>(names.stream().filter(this::isAskedFor).toList());
    if (commonName != null && names.contains(commonName)) {
      ordered.add(commonName);
    }
    ordered.addAll(names);
    List<String> distinct = ordered.stream().distinct().toList();
    int more = distinct.size() - NAMES;
    return String.join(", ", distinct.subList(0, Math.min(NAMES, distinct.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private boolean isAskedFor(String name) {
    String asked = serverName.toLowerCase(Locale.ROOT);
    String lower = name.toLowerCase(Locale.ROOT);
    return !asked.isEmpty()
        && (lower.equals(asked)
            || (lower.startsWith("*.")
                && asked.indexOf('.') > 0
                && asked.substring(asked.indexOf('.')).equals(lower.substring(1))));
  }

  /** {@return who has issued it, and how long it is valid} */
  String issuer() {
    boolean itself =
        certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    String issuer =
        itself ? "itself" : DistinguishedName.of(certificate.getIssuerX500Principal()).label();
    return "issued by " + issuer + ", " + validity();
  }

  private String validity() {
    Instant start = certificate.getNotBefore().toInstant();
    if (now.isBefore(start)) {
      return "not valid before " + start.atOffset(ZoneOffset.UTC).toLocalDate();
    }
    Duration left = left();
    if (left.isNegative()) {
      return "expired " + length(left.negated()) + " ago";
    }
    return (left.compareTo(SOON) < 0 ? "only " : "") + length(left) + " left";
  }

  /** {@return {@link Ink#BAD} if it is not valid, {@link Ink#NEUTRAL} if not for long, or null} */
  @Nullable Ink ink() {
    if (left().isNegative() || now.isBefore(certificate.getNotBefore().toInstant())) {
      return Ink.BAD;
    }
    return left().compareTo(SOON) < 0 ? Ink.NEUTRAL : null;
  }

  private Duration left() {
    return Duration.between(now, certificate.getNotAfter().toInstant());
  }

  private static String length(Duration length) {
    long days = length.toDays();
    return days > 0 ? counted(days, "day") : counted(length.toHours(), "hour");
  }

  private static String counted(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }
}
