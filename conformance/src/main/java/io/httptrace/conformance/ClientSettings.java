package io.httptrace.conformance;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client for a scenario. A setting that is null or empty is left at the client's
 * default. Immutable.
 */
public final class ClientSettings {
  private final Builder values;

  private ClientSettings(Builder values) {
    this.values = values;
  }

  /** {@return a builder with all settings at the client's defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the time limit for getting a connection: lookup and connect, not the handshake} */
  public @Nullable Duration connectTimeout() {
    return values.connectTimeout;
  }

  /**
   * {@return after what time the other address family is tried too} RFC 8305 calls it Connection
   * Attempt Delay.
   */
  public @Nullable Duration fallbackDelay() {
    return values.fallbackDelay;
  }

  /** {@return how long to wait for {@code 100 Continue} before the body is sent anyway} */
  public @Nullable Duration expectContinueTimeout() {
    return values.expectContinueTimeout;
  }

  /** {@return the time limit for one TLS handshake} */
  public @Nullable Duration tlsHandshakeTimeout() {
    return values.tlsHandshakeTimeout;
  }

  /** {@return the time limit for the head of the response, from the end of writing the request} */
  public @Nullable Duration responseHeaderTimeout() {
    return values.responseHeaderTimeout;
  }

  /** {@return after what time an idle connection is closed} */
  public @Nullable Duration idleConnectionTimeout() {
    return values.idleConnectionTimeout;
  }

  /** {@return the limit for idle connections in all} */
  public OptionalInt maxIdleConnections() {
    return values.maxIdleConnections;
  }

  /** {@return the limit for idle connections to one host} */
  public OptionalInt maxIdleConnectionsPerHost() {
    return values.maxIdleConnectionsPerHost;
  }

  /** {@return the limit for all connections to one host, dials included} */
  public OptionalInt maxConnectionsPerHost() {
    return values.maxConnectionsPerHost;
  }

  /** {@return the limit for the head of a response, in bytes} */
  public OptionalLong maxResponseHeaderBytes() {
    return values.maxResponseHeaderBytes;
  }

  /** {@return whether connections are reused; true unless the scenario is about that} */
  public boolean keepAlive() {
    return values.keepAlive;
  }

  /** {@return whether the client may speak HTTP/2; otherwise it must not offer it} */
  public boolean http2() {
    return values.http2;
  }

  /** {@return whether redirects are followed} */
  public boolean followRedirects() {
    return values.followRedirects;
  }

  /** {@return whether the client itself asks for gzip and decodes it} */
  public boolean compression() {
    return values.compression;
  }

  /** {@return whether TLS sessions must be resumed; otherwise the client decides} */
  public boolean tlsSessionCache() {
    return values.tlsSessionCache;
  }

  /** {@return whether the server's certificate and name are not checked} */
  public boolean insecure() {
    return values.insecure;
  }

  /** {@return the proxy, or null for none} */
  public @Nullable URI proxy() {
    return values.proxy;
  }

  /**
   * {@return the TLS context to use, or null for none} It trusts the scenario's authority only, or
   * everyone if {@link #insecure()} is true. The client checks host names itself.
   */
  public @Nullable SSLContext sslContext() {
    return values.sslContext;
  }

  /** {@return how names are looked up, or null for the client's default} */
  public @Nullable Names names() {
    return values.names;
  }

  /** Collects settings. */
  public static final class Builder {
    private @Nullable Duration connectTimeout;
    private @Nullable Duration fallbackDelay;
    private @Nullable Duration expectContinueTimeout;
    private @Nullable Duration tlsHandshakeTimeout;
    private @Nullable Duration responseHeaderTimeout;
    private @Nullable Duration idleConnectionTimeout;
    private OptionalInt maxIdleConnections = OptionalInt.empty();
    private OptionalInt maxIdleConnectionsPerHost = OptionalInt.empty();
    private OptionalInt maxConnectionsPerHost = OptionalInt.empty();
    private OptionalLong maxResponseHeaderBytes = OptionalLong.empty();
    private boolean keepAlive = true;
    private boolean http2;
    private boolean followRedirects;
    private boolean compression;
    private boolean tlsSessionCache;
    private boolean insecure;
    private @Nullable URI proxy;
    private @Nullable SSLContext sslContext;
    private @Nullable Names names;

    private Builder() {}

    /**
     * Sets {@link ClientSettings#connectTimeout()}.
     *
     * @param value the value
     * @return this
     */
    public Builder connectTimeout(Duration value) {
      connectTimeout = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#fallbackDelay()}.
     *
     * @param value the value
     * @return this
     */
    public Builder fallbackDelay(Duration value) {
      fallbackDelay = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#expectContinueTimeout()}.
     *
     * @param value the value
     * @return this
     */
    public Builder expectContinueTimeout(Duration value) {
      expectContinueTimeout = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#tlsHandshakeTimeout()}.
     *
     * @param value the value
     * @return this
     */
    public Builder tlsHandshakeTimeout(Duration value) {
      tlsHandshakeTimeout = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#responseHeaderTimeout()}.
     *
     * @param value the value
     * @return this
     */
    public Builder responseHeaderTimeout(Duration value) {
      responseHeaderTimeout = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#idleConnectionTimeout()}.
     *
     * @param value the value
     * @return this
     */
    public Builder idleConnectionTimeout(Duration value) {
      idleConnectionTimeout = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#maxIdleConnections()}.
     *
     * @param value the value
     * @return this
     */
    public Builder maxIdleConnections(int value) {
      maxIdleConnections = OptionalInt.of(value);
      return this;
    }

    /**
     * Sets {@link ClientSettings#maxIdleConnectionsPerHost()}.
     *
     * @param value the value
     * @return this
     */
    public Builder maxIdleConnectionsPerHost(int value) {
      maxIdleConnectionsPerHost = OptionalInt.of(value);
      return this;
    }

    /**
     * Sets {@link ClientSettings#maxConnectionsPerHost()}.
     *
     * @param value the value
     * @return this
     */
    public Builder maxConnectionsPerHost(int value) {
      maxConnectionsPerHost = OptionalInt.of(value);
      return this;
    }

    /**
     * Sets {@link ClientSettings#maxResponseHeaderBytes()}.
     *
     * @param value the value
     * @return this
     */
    public Builder maxResponseHeaderBytes(long value) {
      maxResponseHeaderBytes = OptionalLong.of(value);
      return this;
    }

    /**
     * Sets {@link ClientSettings#keepAlive()}.
     *
     * @param value the value
     * @return this
     */
    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#http2()}.
     *
     * @param value the value
     * @return this
     */
    public Builder http2(boolean value) {
      http2 = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#followRedirects()}.
     *
     * @param value the value
     * @return this
     */
    public Builder followRedirects(boolean value) {
      followRedirects = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#compression()}.
     *
     * @param value the value
     * @return this
     */
    public Builder compression(boolean value) {
      compression = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#tlsSessionCache()}.
     *
     * @param value the value
     * @return this
     */
    public Builder tlsSessionCache(boolean value) {
      tlsSessionCache = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#insecure()}.
     *
     * @param value the value
     * @return this
     */
    public Builder insecure(boolean value) {
      insecure = value;
      return this;
    }

    /**
     * Sets {@link ClientSettings#proxy()}.
     *
     * @param value the value
     * @return this
     */
    public Builder proxy(URI value) {
      proxy = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#sslContext()}.
     *
     * @param value the value
     * @return this
     */
    public Builder sslContext(SSLContext value) {
      sslContext = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets {@link ClientSettings#names()}.
     *
     * @param value the value
     * @return this
     */
    public Builder names(Names value) {
      names = requireNonNull(value, "value");
      return this;
    }

    /** {@return the settings} */
    public ClientSettings build() {
      return new ClientSettings(copy());
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.connectTimeout = connectTimeout;
      copy.fallbackDelay = fallbackDelay;
      copy.expectContinueTimeout = expectContinueTimeout;
      copy.tlsHandshakeTimeout = tlsHandshakeTimeout;
      copy.responseHeaderTimeout = responseHeaderTimeout;
      copy.idleConnectionTimeout = idleConnectionTimeout;
      copy.maxIdleConnections = maxIdleConnections;
      copy.maxIdleConnectionsPerHost = maxIdleConnectionsPerHost;
      copy.maxConnectionsPerHost = maxConnectionsPerHost;
      copy.maxResponseHeaderBytes = maxResponseHeaderBytes;
      copy.keepAlive = keepAlive;
      copy.http2 = http2;
      copy.followRedirects = followRedirects;
      copy.compression = compression;
      copy.tlsSessionCache = tlsSessionCache;
      copy.insecure = insecure;
      copy.proxy = proxy;
      copy.sslContext = sslContext;
      copy.names = names;
      return copy;
    }
  }
}
