package io.httptrace.client.connect;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Checks the names that the JDK takes for none, such as those with an underscore, which are found
 * in the DNS and in certificates all the same (RFC 9110, section 4.3.4; RFC 6125, section 6.4).
 */
final class CertifiedNames {
  private static final int DNS_NAME = 2;

  private CertifiedNames() {}

  /**
   * Checks that a peer has a certificate for a name.
   *
   * @param name in ASCII and lower case, without a dot at the end
   * @throws CertificateException if it has none
   */
  static void check(SSLSession session, String name) throws CertificateException {
    Collection<List<?>> names = namesOf(session);
    if (names != null) {
      for (List<?> alternative : names) {
        if (alternative.get(0).equals(DNS_NAME)
            && matches(name, ((String) alternative.get(1)).toLowerCase(Locale.ROOT))) {
          return;
        }
      }
    }
    throw new CertificateException("No subject alternative DNS name matching " + name + " found.");
  }

  private static @Nullable Collection<List<?>> namesOf(SSLSession session)
      throws CertificateException {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate own ? own.getSubjectAlternativeNames() : null;
    } catch (SSLPeerUnverifiedException none) {
      throw new CertificateException("the peer has no certificate", none);
    }
  }

  /** A star is the whole of the first label, and two more have to follow. */
  static boolean matches(String name, String certified) {
    if (!certified.startsWith("*.")) {
      return name.equals(certified);
    }
    String rest = certified.substring(1);
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(rest) && rest.indexOf('.', 1) > 0;
  }
}
