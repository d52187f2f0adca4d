package io.httptrace.apache;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.jspecify.annotations.Nullable;

/** Builds connection managers whose connections are made by an {@link ApacheAsyncOperator}. */
final class ApacheAsyncManagerBuilder extends PoolingAsyncClientConnectionManagerBuilder {
  private volatile boolean used;

  @Override
  protected AsyncClientConnectionOperator createConnectionOperator(
      TlsStrategy tlsStrategy, SchemePortResolver schemePortResolver, DnsResolver dnsResolver) {
    used = true;
    return new ApacheAsyncOperator(this, tlsStrategy, schemePortResolver, dnsResolver);
  }

  /** {@return the client's own operator} */
  AsyncClientConnectionOperator ownOperator(
      TlsStrategy tls, @Nullable SchemePortResolver ports, @Nullable DnsResolver names) {
    return super.createConnectionOperator(tls, ports, names);
  }

  /** {@return whether it has built a manager} */
  boolean isUsed() {
    return used;
  }
}
