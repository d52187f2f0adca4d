package io.httptrace.cli;

import io.httptrace.cli.ConnectionOptions.TlsOptions;
import io.httptrace.client.TracingHttpClientBuilder;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Sets whom the options have a client trust, and as whom it makes itself known. */
final class TlsManagers {
  private TlsManagers() {}

  /**
   * Sets them. What the options leave out stays as it is by default. What is going to be needed has
   * been read from files then, so that nobody takes the time for the server's.
   *
   * @param client where to set it
   * @param options whom to trust, and who we are
   * @param secure whether there is going to be TLS
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
    if (options.insecure()) {
      // Leaves all names to who is trusted, which is anyone. Otherwise the client itself checks
      // those that the JDK cannot, such as one with an underscore.
      SSLParameters parameters = new SSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.sslParameters(parameters);
    }
  }

  private static TrustManager @Nullable [] trust(TlsOptions options, boolean secure)
      throws CommandException, GeneralSecurityException {
    @Nullable LocalFile certificates = options.caCertificates();
    if (options.insecure()) {
      return Trust.anyone();
    }
    if (certificates != null) {
      return Trust.certificatesIn(certificates);
    }
    return secure ? Trust.ofTheJdk() : null;
  }
}
