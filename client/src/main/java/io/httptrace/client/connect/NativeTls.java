package io.httptrace.client.connect;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS by BoringSSL, where its library is on the class path and fits the system. Its memory is not
 * the JVM's: an engine, and in the end this, has to be let go.
 */
public final class NativeTls implements AutoCloseable {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final List<String> protocols;
  private final List<String> cipherSuites;
  private final @Nullable X509TrustManager trust;
  private final @Nullable KeyManager keys;

  // ---- Guarded by this ----

  /** By what they offer: that is a matter of the context here, and not of the engine. */
  private final Map<List<String>, SslContext> contexts = new HashMap<>();

  private boolean closed;

  private NativeTls(
      SSLParameters defaults, @Nullable X509TrustManager trust, @Nullable KeyManager keys) {
    this.protocols = PROTOCOLS.stream().filter(List.of(defaults.getProtocols())::contains).toList();
    this.cipherSuites = List.of(defaults.getCipherSuites());
    this.trust = trust;
    this.keys = keys;
  }

  /**
   * {@return TLS by BoringSSL, or null if it is not to be had}
   *
   * @param defaults what the JDK would offer: versions and cipher suites that are switched off for
   *     it are not offered here either
   * @param trust decides whom to trust; null for the JDK's default
   * @param keys who we are; null for nobody
   */
  public static @Nullable NativeTls of(
      SSLParameters defaults, @Nullable X509TrustManager trust, @Nullable KeyManager keys) {
    if (!isAvailable()) {
      return null;
    }
    NativeTls made = new NativeTls(defaults, trust, keys);
    return made.protocols.isEmpty() ? null : made;
  }

  /** {@return whether BoringSSL is there} */
  static boolean isAvailable() {
    return OpenSsl.isAvailable() && "BoringSSL".equals(OpenSsl.versionString());
  }

  /**
   * {@return an engine, which has to be released}
   *
   * @param allocator where its buffers are from
   * @param host the peer, as its certificate has it
   * @param used the server names, how names are checked, and the protocols to offer by ALPN
   * @param versions of TLS, or null for all there are
   * @throws IllegalStateException if there is none to be made
   */
  SSLEngine engine(
      ByteBufAllocator allocator,
      String host,
      int port,
      SSLParameters used,
      String @Nullable [] versions) {
    SSLEngine engine;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      engine = context(List.of(used.getApplicationProtocols())).newEngine(allocator, host, port);
    }
    try {
      SSLParameters set = new SSLParameters();
      set.setServerNames(used.getServerNames());
      set.setEndpointIdentificationAlgorithm(used.getEndpointIdentificationAlgorithm());
      engine.setSSLParameters(set);
      if (versions != null) {
        engine.setEnabledProtocols(versions);
      }
      return engine;
    } catch (RuntimeException e) {
      ReferenceCountUtil.release(engine);
      throw e;
    }
  }

  private SslContext context(List<String> offered) {
    return contexts.computeIfAbsent(offered, this::make);
  }

  private SslContext make(List<String> offered) {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL_REFCNT)
            .protocols(protocols)
            .ciphers(cipherSuites, SupportedCipherSuiteFilter.INSTANCE)
            .endpointIdentificationAlgorithm(null);
    if (!offered.isEmpty()) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              Protocol.ALPN,
              SelectorFailureBehavior.NO_ADVERTISE,
              SelectedListenerFailureBehavior.ACCEPT,
              offered));
    }
    try {
      builder.trustManager(trust == null ? defaultTrust() : trust);
      if (keys != null) {
        builder.keyManager(keys);
      }
      return builder.build();
    } catch (SSLException | NoSuchAlgorithmException | KeyStoreException e) {
      throw new IllegalStateException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager defaultTrust() throws NoSuchAlgorithmException, KeyStoreException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .findFirst()
        .orElseThrow(() -> new KeyStoreException("the JDK has no default trust manager"));
  }

  /** {@return whether an engine is one of these, and has to be released} */
  static boolean isOne(SSLEngine engine) {
    return engine instanceof ReferenceCountedOpenSslEngine;
  }

  /**
   * {@return whether the handshake has resumed a session} What an engine says of its session is
   * said of the one it has offered, which the peer may have declined.
   */
  static boolean hasResumed(SSLEngine engine) {
    if (engine instanceof ReferenceCountedOpenSslEngine one) {
      synchronized (one) {
        long pointer = one.sslPointer();
        return pointer != 0 && SSL.isSessionReused(pointer);
      }
    }
    return false;
  }

  /** Lets the contexts go, once there are no engines to be made any more. */
  @Override
  public synchronized void close() {
    closed = true;
    contexts.values().forEach(ReferenceCountUtil::release);
    contexts.clear();
  }
}
