package io.httptrace.cli;

import io.httptrace.cli.ConnectionOptions.TlsOptions;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context the options ask for. */
final class TlsContexts {
  private TlsContexts() {}

  /**
   * {@return a context, or null if the JDK's own will do}
   *
   * @param options whom to trust, and who we are
   * @throws CommandException if a file of certificates or keys cannot be used
   * @throws GeneralSecurityException if this JDK has no TLS
   */
  static @Nullable SSLContext of(TlsOptions options)
      throws CommandException, GeneralSecurityException {
    TrustManager @Nullable [] trust = trust(options);
    CertificateFile certificate = options.certificate();
    KeyManager @Nullable [] keys =
        certificate == null
            ? null
            : new KeyManager[] {new IdentityManager(Identity.of(certificate, options.key()))};
    if (trust == null && keys == null) {
      return null;
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    return context;
  }

  private static TrustManager @Nullable [] trust(TlsOptions options)
      throws CommandException, GeneralSecurityException {
    @Nullable LocalFile certificates = options.caCertificates();
    if (options.insecure()) {
      return Trust.anyone();
    }
    return certificates == null ? null : Trust.certificatesIn(certificates);
  }
}
