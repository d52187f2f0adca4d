package io.httptrace.html;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The certificates of a peer.
 *
 * @param page where to write
 * @param certificates the certificates, the peer's own first
 * @param now when they were used
 */
record CertificateTable(Markup page, List<Certificate> certificates, Instant now) {
  /** Kinds of a subject's alternative name (RFC 5280, section 4.2.1.6). */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  void write() {
    if (certificates.isEmpty()) {
      return;
    }
    page.open("div", "class", "wide").element("h4", "Certificates");
    page.open("table", "class", "list").open("thead").open("tr");
    for (String name : new String[] {"Subject", "Issuer", "Names", "Valid until"}) {
      page.element("th", name, "scope", "col");
    }
    page.close("tr").close("thead").open("tbody");
    for (Certificate certificate : certificates) {
      if (certificate instanceof X509Certificate x509) {
        page.open("tr").element("td", x509.getSubjectX500Principal().getName());
        page.element("td", x509.getIssuerX500Principal().getName());
        page.element("td", String.join(", ", names(x509)));
        page.element("td", until(x509.getNotAfter().toInstant())).closeLine("tr");
      }
    }
    page.close("tbody").close("table").closeLine("div");
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(0) instanceof Integer kind
              && (kind == DNS_NAME || kind == IP_ADDRESS)) {
            names.add(String.valueOf(alternative.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      names.add("not readable");
    }
    return names;
  }

  private String until(Instant end) {
    long days = ChronoUnit.DAYS.between(now, end);
    String left = end.isBefore(now) ? "expired" : days == 1 ? "1 day left" : days + " days left";
    return CallSection.time(end).substring(0, 10) + ", " + left;
  }
}
