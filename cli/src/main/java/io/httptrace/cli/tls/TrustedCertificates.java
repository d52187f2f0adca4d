package io.httptrace.cli.tls;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.failure.ExitCode;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.render.text.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trust managers for the certificates of servers. */
public final class TrustedCertificates {
  private TrustedCertificates() {}

  /** {@return trust managers that accept any certificate, for any name} */
  public static TrustManager[] anyone() {
    return new TrustManager[] {new AcceptAll()};
  }

  /**
   * {@return the trust managers of the JDK}
   *
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  public static TrustManager[] ofTheJdk() throws GeneralSecurityException {
    return managers(null);
  }

  /**
   * {@return trust managers for the certificates of a file, and those signed by them}
   *
   * @param file holds certificates as PEM (RFC 7468); there may be other text around them
   * @throws CommandException if there is no certificate in it, or it cannot be read
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  public static TrustManager[] certificatesIn(LocalFile file)
      throws CommandException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.path())) {
      store.load(null, null);
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new CertificateException("there is no certificate in it");
      }
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("certificate " + store.size(), certificate);
      }
    } catch (IOException | CertificateException e) {
      throw new CommandException(
          ExitCode.CA_CERTIFICATES, "--cacert: cannot use '" + file + "': " + Reasons.of(e));
    }
    return managers(store);
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /**
   * Accepts everything. It has to be an <em>extended</em> trust manager: the JDK adds its own check
   * of the host name to any other kind.
   */
  private static final class AcceptAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
