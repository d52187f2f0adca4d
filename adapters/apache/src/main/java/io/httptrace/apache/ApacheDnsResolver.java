package io.httptrace.apache;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

/** A resolver that tells a dial of its lookups. IP literals are none. */
final class ApacheDnsResolver implements DnsResolver {
  private final DnsResolver resolver;
  private final ApacheDial dial;

  /**
   * Makes one.
   *
   * @param resolver looks names up; null for the client's default
   * @param dial the dial
   */
  ApacheDnsResolver(@Nullable DnsResolver resolver, ApacheDial dial) {
    this.resolver = resolver == null ? SystemDefaultDnsResolver.INSTANCE : resolver;
    this.dial = dial;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    if (isLiteral(host)) {
      return resolver.resolve(host);
    }
    dial.dnsStart(host);
    InetAddress[] found;
    try {
      found = resolver.resolve(host);
    } catch (UnknownHostException | RuntimeException failed) {
      dial.dnsDone(List.of(), failed, name());
      throw failed;
    }
    // Without addresses a proxy looks the name up.
    dial.dnsDone(found == null ? List.of() : List.copyOf(Arrays.asList(found)), null, name());
    return found;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    if (isLiteral(host)) {
      return resolver.resolve(host, port);
    }
    dial.dnsStart(host);
    List<InetSocketAddress> found;
    try {
      found = resolver.resolve(host, port);
    } catch (UnknownHostException | RuntimeException failed) {
      dial.dnsDone(List.of(), failed, name());
      throw failed;
    }
    dial.dnsDone(addresses(found), null, name());
    return found;
  }

  private static List<InetAddress> addresses(@Nullable List<InetSocketAddress> found) {
    return found == null
        ? List.of()
        : found.stream().map(InetSocketAddress::getAddress).filter(Objects::nonNull).toList();
  }

  private @Nullable String name() {
    return resolver == SystemDefaultDnsResolver.INSTANCE ? "system" : null;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return resolver.resolveCanonicalHostname(host);
  }

  /** {@return whether a host is an IP address and not a name} */
  static boolean isLiteral(String host) {
    if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6URLBracketed(host)) {
      return true;
    }
    int zone = host.indexOf('%');
    return InetAddressUtils.isIPv6(zone < 0 ? host : host.substring(0, zone));
  }
}
