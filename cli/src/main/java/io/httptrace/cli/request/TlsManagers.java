package io.httptrace.cli.request;

import io.httptrace.cli.failure.CommandException;
import io.httptrace.cli.options.ConnectionOptions.TlsOptions;
import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.tls.CertificateFile;
import io.httptrace.cli.tls.Identity;
import io.httptrace.cli.tls.IdentityManager;
import io.httptrace.cli.tls.TrustedCertificates;
import io.httptrace.client.TracingHttpClientBuilder;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Sets the trust manager and the key manager of a client by the options. */
final class TlsManagers {
  private TlsManagers() {}

  /**
   * Sets the managers. Without options the client's defaults stay. Files that TLS will need are
   * read now, so that this time is not attributed to the server.
   *
   * @param client the builder to set them on
   * @param options the options
   * @param secure whether TLS will be used
   * @throws CommandException if a file of certificates or keys cannot be used
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  static void set(TracingHttpClientBuilder client, TlsOptions options, boolean secure)
      throws CommandException, GeneralSecurityException {
    TrustManager @Nullable [] trust = trust(options, secure);
    if (trust != null) {
      client.trustManager((X509TrustManager) trust[0]);
    }
    CertificateFile certificate = options.certificate();
    if (certificate != null) {
      client.keyManager(new IdentityManager(Identity.of(certificate, options.key())));
    }
    setParameters(client, options);
  }

  private static void setParameters(TracingHttpClientBuilder client, TlsOptions options) {
    String[] protocols = options.versions().protocols();
    if (!options.insecure() && protocols == null) {
      return;
    }
    SSLParameters parameters = new SSLParameters();
    if (options.insecure()) {
      // Leaves all names to the trust manager, which accepts any. Otherwise the client itself
      // checks names that the JDK cannot, such as one with an underscore.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (protocols != null) {
      parameters.setProtocols(protocols);
    }
    client.sslParameters(parameters);
  }

  private static TrustManager @Nullable [] trust(TlsOptions options, boolean secure)
      throws CommandException, GeneralSecurityException {
    @Nullable LocalFile certificates = options.caCertificates();
    if (options.insecure()) {
      return TrustedCertificates.anyone();
    }
    if (certificates != null) {
      return TrustedCertificates.certificatesIn(certificates);
    }
    return secure ? TrustedCertificates.ofTheJdk() : null;
  }
}
