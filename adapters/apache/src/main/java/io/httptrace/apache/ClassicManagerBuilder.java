package io.httptrace.apache;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/** Builds connection managers whose connections are made by a {@link ClassicOperator}. */
final class ClassicManagerBuilder extends PoolingHttpClientConnectionManagerBuilder {
  private volatile @Nullable ClassicOperator operator;

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      SchemePortResolver schemePortResolver,
      DnsResolver dnsResolver,
      TlsSocketStrategy tlsSocketStrategy) {
    ClassicOperator created =
        new ClassicOperator(
            super.createConnectionOperator(schemePortResolver, dnsResolver, tlsSocketStrategy),
            schemePortResolver,
            dnsResolver,
            tlsSocketStrategy);
    operator = created;
    return created;
  }

  /** {@return the operator of the manager that was built last; null if none was} */
  @Nullable ClassicOperator operator() {
    return operator;
  }
}
