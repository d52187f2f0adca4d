package io.httptrace.cli;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get there.
 *
 * @param protocol which HTTP to speak
 * @param tls whom to trust, and who we are
 * @param proxy which proxy to use
 * @param addresses which addresses to use
 * @param connectTimeout the limit for getting a connection, or null for none
 * @param maxTime the limit for everything, or null for none
 */
record ConnectionOptions(
    Protocol protocol,
    TlsOptions tls,
    ProxyOptions proxy,
    AddressOptions addresses,
    @Nullable Duration connectTimeout,
    @Nullable Duration maxTime) {

  /**
   * Whom to trust, and who we are.
   *
   * @param insecure whether any certificate will do
   * @param caCertificates the file of trusted certificates, or null for the JDK's
   * @param certificate the {@code --cert}, or null for none
   * @param key the file of the {@code --key}, or null if it is in that of {@code --cert}
   */
  record TlsOptions(
      boolean insecure,
      @Nullable LocalFile caCertificates,
      @Nullable CertificateFile certificate,
      @Nullable LocalFile key) {}

  /**
   * Which proxy to use. What is null is for the environment to say.
   *
   * @param url the {@code -x}, empty for no proxy, or null
   * @param user the {@code -U}, {@code user:password}, or null
   * @param exceptions the {@code --noproxy}, or null
   */
  record ProxyOptions(@Nullable String url, @Nullable String user, @Nullable String exceptions) {}

  /**
   * Which addresses to use.
   *
   * @param family those of which family
   * @param resolve the {@code --resolve}, in order
   */
  record AddressOptions(AddressFamily family, List<ResolveEntry> resolve) {
    AddressOptions {
      resolve = List.copyOf(resolve);
    }
  }

  /** Which addresses of a host to use. */
  enum AddressFamily {
    /** All of them. */
    ANY,
    /** Those of {@code -4}. */
    IPV4,
    /** Those of {@code -6}. */
    IPV6
  }
}
