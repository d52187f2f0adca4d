package io.httptrace.client.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Whether something has been set that only the JDK's TLS knows how to follow. */
public final class TlsProviders {
  private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

  /** Kinds of keys that BoringSSL's binding does not ask a key manager for. */
  private static final List<String> OTHER_KEYS =
      List.of("EdDSA", "Ed25519", "Ed448", "RSASSA-PSS", "DSA");

  private TlsProviders() {}

  /**
   * {@return whether there are keys that only the JDK's TLS knows how to use}
   *
   * @param keys the caller's
   */
  public static boolean hasOtherKeys(X509KeyManager keys) {
    return OTHER_KEYS.stream()
        .map(kind -> keys.getClientAliases(kind, null))
        .anyMatch(aliases -> aliases != null && aliases.length > 0);
  }

  /**
   * {@return whether TLS has to be the JDK's}
   *
   * @param parameters the caller's, or null
   */
  public static boolean onlyTheJdk(@Nullable SSLParameters parameters) {
    return isSetBySystem() || (parameters != null && hasMore(parameters));
  }

  /**
   * {@return whether a context is the one that the JDK has made by itself} Another one may have
   * been set as the default, and be anything.
   *
   * @param context the default
   */
  public static boolean isOfTheJdk(SSLContext context) {
    return context.getProtocol().equals("Default")
        && context.getProvider().getName().equals("SunJSSE");
  }

  /** Properties that the JDK's TLS reads: its settings, its keys, its log. */
  private static boolean isSetBySystem() {
    return System.getProperties().stringPropertyNames().stream()
        .anyMatch(
            name ->
                name.startsWith("jdk.tls.")
                    || name.startsWith("javax.net.ssl.keyStore")
                    || name.equals("javax.net.debug"));
  }

  private static boolean hasMore(SSLParameters parameters) {
    return parameters.getCipherSuites() != null
        || parameters.getAlgorithmConstraints() != null
        || !canBeNames(parameters)
        || !canBeVersions(parameters.getProtocols())
        || !isHttps(parameters.getEndpointIdentificationAlgorithm())
        || parameters.getMaximumPacketSize() != 0
        || TlsParameters.hasAdded(parameters);
  }

  private static boolean canBeNames(SSLParameters parameters) {
    List<?> names = parameters.getServerNames();
    return names == null || (names.size() == 1 && names.get(0) instanceof SNIHostName);
  }

  private static boolean canBeVersions(String @Nullable [] protocols) {
    return protocols == null || Arrays.stream(protocols).allMatch(VERSIONS::contains);
  }

  private static boolean isHttps(@Nullable String algorithm) {
    return algorithm == null || algorithm.isEmpty() || algorithm.equals("HTTPS");
  }
}
