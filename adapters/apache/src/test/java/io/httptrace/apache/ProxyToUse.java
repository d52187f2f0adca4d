package io.httptrace.apache;

import java.net.URI;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy of a scenario.
 *
 * @param host where it is
 * @param user who uses it, and the password, if it wants to know
 */
record ProxyToUse(HttpHost host, @Nullable UsernamePasswordCredentials user) {
  static @Nullable ProxyToUse of(@Nullable URI uri) {
    if (uri == null) {
      return null;
    }
    String info = uri.getUserInfo();
    String[] parts = info == null ? new String[0] : info.split(":", 2);
    return new ProxyToUse(
        new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()),
        info == null ? null : new UsernamePasswordCredentials(parts[0], parts[1].toCharArray()));
  }

  CredentialsProvider credentials() {
    BasicCredentialsProvider provider = new BasicCredentialsProvider();
    if (user != null) {
      provider.setCredentials(new AuthScope(host), user);
    }
    return provider;
  }

  /** Has the credentials go with the first request. */
  void inAdvance(HttpClientContext context) {
    if (user != null) {
      BasicScheme scheme = new BasicScheme();
      scheme.initPreemptive(user);
      BasicAuthCache cache = new BasicAuthCache();
      cache.put(host, scheme);
      context.setAuthCache(cache);
    }
  }
}
