package io.httptrace.cli.options;

import io.httptrace.cli.text.LocalFile;
import io.httptrace.cli.tls.CertificateFile;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param protocol the version of HTTP
 * @param tls which servers to trust, and the client's certificate
 * @param proxy which proxy to use
 * @param addresses which addresses to use
 * @param connectTimeout the limit for getting a connection, or null for none
 * @param maxTime the limit for the whole request, or null for none
 */
public record ConnectionOptions(
    ProtocolChoice protocol,
    TlsOptions tls,
    ProxyOptions proxy,
    AddressOptions addresses,
    @Nullable Duration connectTimeout,
    @Nullable Duration maxTime) {

  /**
   * Which servers to trust, the client's certificate, and the version.
   *
   * @param insecure whether any certificate is accepted
   * @param caCertificates the file of trusted certificates, or null for the JDK's
   * @param certificate the {@code --cert}, or null for none
   * @param key the file of the {@code --key}, or null if it is in that of {@code --cert}
   * @param versions which versions of TLS may be used
   */
  public record TlsOptions(
      boolean insecure,
      @Nullable LocalFile caCertificates,
      @Nullable CertificateFile certificate,
      @Nullable LocalFile key,
      TlsVersions versions) {}

  /**
   * Which proxy to use. A value that is null is taken from the environment.
   *
   * @param url the {@code -x}, empty for no proxy, or null
   * @param user the {@code -U}, {@code user:password}, or null
   * @param exceptions the {@code --noproxy}, or null
   */
  public record ProxyOptions(
      @Nullable String url, @Nullable String user, @Nullable String exceptions) {}

  /**
   * Which addresses to use.
   *
   * @param family those of which family
   * @param resolve the {@code --resolve}, in order
   * @param connectTo the {@code --connect-to}, in order
   * @param device the device or address of this machine to connect from, or null for any
   */
  public record AddressOptions(
      AddressFamily family,
      List<ResolveEntry> resolve,
      List<ConnectToEntry> connectTo,
      @Nullable String device) {
    public AddressOptions {
      resolve = List.copyOf(resolve);
      connectTo = List.copyOf(connectTo);
    }

    /**
     * Makes options without other destinations, and without a device.
     *
     * @param family those of which family
     * @param resolve the {@code --resolve}, in order
     */
    public AddressOptions(AddressFamily family, List<ResolveEntry> resolve) {
      this(family, resolve, List.of(), null);
    }
  }

  /** Which addresses of a host to use. */
  public enum AddressFamily {
    /** All of them. */
    ANY,
    /** Those of {@code -4}. */
    IPV4,
    /** Those of {@code -6}. */
    IPV6
  }
}
