package io.httptrace.attach.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.SocketFactory;
import okhttp3.ConnectionSpec;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** A client that is traced is like the one of the application in all but that. */
class OkHttpClientsTest {
  private final OkHttpClients clients = new OkHttpClients(timeline -> {});
  private final Interceptor interceptor = chain -> chain.proceed(chain.request());
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
          .addInterceptor(interceptor)
          .build();

  @Test
  void itSharesThePoolAndTheDispatcher() {
    OkHttpClient traced = (OkHttpClient) clients.apply(client);

    assertThat(traced).isNotSameAs(client);
    assertThat(traced.connectionPool()).isSameAs(client.connectionPool());
    assertThat(traced.dispatcher()).isSameAs(client.dispatcher());
    assertThat(traced.socketFactory()).isSameAs(SocketFactory.getDefault());
    assertThat(traced.dns()).isSameAs(client.dns());
    assertThat(traced.interceptors()).hasSize(2).startsWith(interceptor);
  }

  @Test
  void eachClientHasOneAndThatHasItself() {
    Object traced = clients.apply(client);

    assertThat(clients.apply(client)).isSameAs(traced);
    assertThat(clients.apply(traced)).isSameAs(traced);
    assertThat(clients.apply(client.newBuilder().build())).isNotSameAs(traced);
  }

  @Test
  void theVersionOfOkHttpIsNamed() {
    assertThat(clients).hasToString("OkHttp " + okhttp3.OkHttp.VERSION);
  }
}
