package io.httptrace.client;

import io.httptrace.client.connect.NativeTls;
import io.httptrace.client.connect.TlsProviders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Chooses who does TLS: BoringSSL if it is available and no setting needs the JDK, or the JDK. */
final class TlsChoice {
  private TlsChoice() {}

  /**
   * {@return the context of a client: the one that was set, or the default}
   *
   * @throws IllegalArgumentException if both a context and managers are set
   */
  static SSLContext context(TracingHttpClientBuilder b) {
    if (b.sslContext != null) {
      if (hasManagers(b)) {
        throw new IllegalArgumentException(
            "sslContext has managers of its own: leave out "
                + (b.trustManager == null ? "keyManager" : "trustManager")
                + ", or the context");
      }
      return b.sslContext;
    }
    try {
      return hasManagers(b) ? ofManagers(b) : SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("no default SSLContext", e));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("trustManager, keyManager: " + e.getMessage(), e);
    }
  }

  private static boolean hasManagers(TracingHttpClientBuilder b) {
    return b.trustManager != null || b.keyManager != null;
  }

  private static SSLContext ofManagers(TracingHttpClientBuilder b) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        b.keyManager == null ? null : new KeyManager[] {b.keyManager},
        b.trustManager == null ? null : new TrustManager[] {b.trustManager},
        null);
    return context;
  }

  /** {@return BoringSSL's replacement for the context, or null if the JDK does TLS} */
  static @Nullable NativeTls boring(TracingHttpClientBuilder b, SSLContext context) {
    if (!b.nativeTls
        || b.sslContext != null
        || !(hasManagers(b) || TlsProviders.isOfTheJdk(context))
        || TlsProviders.onlyTheJdk(b.sslParameters)
        || (b.keyManager != null && TlsProviders.hasOtherKeys(b.keyManager))) {
      return null;
    }
    return NativeTls.of(context.getDefaultSSLParameters(), b.trustManager, b.keyManager);
  }
}
