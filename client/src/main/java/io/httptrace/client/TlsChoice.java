package io.httptrace.client;

import io.httptrace.client.connect.NativeTls;
import io.httptrace.client.connect.TlsConfig;
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
  static SSLContext context(ClientConfig config) {
    if (config.sslContext != null) {
      if (hasManagers(config)) {
        throw new IllegalArgumentException(
            (config.trustManager == null ? "keyManager" : "trustManager")
                + " cannot be combined with sslContext, which has its own managers");
      }
      return config.sslContext;
    }
    try {
      return hasManagers(config) ? ofManagers(config) : SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("no default SSLContext", e));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("trustManager, keyManager: " + e.getMessage(), e);
    }
  }

  private static boolean hasManagers(ClientConfig config) {
    return config.trustManager != null || config.keyManager != null;
  }

  private static SSLContext ofManagers(ClientConfig config) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        config.keyManager == null ? null : new KeyManager[] {config.keyManager},
        config.trustManager == null ? null : new TrustManager[] {config.trustManager},
        null);
    return context;
  }

  /** {@return what makes the engines of a client, which has a context} */
  static TlsConfig config(ClientConfig config, SSLContext context) {
    return new TlsConfig(
        context, config.sslParameters, JdkProperties.checksNames(), boring(config, context));
  }

  /** {@return BoringSSL's replacement for the context, or null if the JDK does TLS} */
  static @Nullable NativeTls boring(ClientConfig config, SSLContext context) {
    if (!config.nativeTls
        || config.sslContext != null
        || !(hasManagers(config) || TlsProviders.isOfTheJdk(context))
        || TlsProviders.onlyTheJdk(config.sslParameters)
        || (config.keyManager != null && TlsProviders.hasOtherKeys(config.keyManager))) {
      return null;
    }
    return NativeTls.of(context.getDefaultSSLParameters(), config.trustManager, config.keyManager);
  }
}
