package io.httptrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Apache's classic client with its own settings, but for the connection limits, which would
 * otherwise make the threads wait. Its requests are mutable, so each exchange has its own.
 */
final class ApacheLoadClient implements LoadClient {
  private static final int CONNECTIONS = 256;

  private final CloseableHttpClient client;
  private final URI uri;

  ApacheLoadClient(URI uri) {
    this.uri = uri;
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .build();
  }

  @Override
  public int get() throws IOException {
    return client.execute(new HttpGet(uri), ApacheLoadClient::lengthOf);
  }

  private static int lengthOf(ClassicHttpResponse response) throws IOException {
    LoadClient.requireOk(response.getCode());
    return EntityUtils.toByteArray(response.getEntity()).length;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
