package io.httptrace.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLConnection;
import org.junit.jupiter.api.Test;
import shop.okhttp3.OkHttpClient;

class UntracedClientsTest {
  @Test
  void clientsThatAreLoadedAreNamedOnce() throws Exception {
    URLConnection connection = URI.create("http://localhost/").toURL().openConnection();

    assertThat(UntracedClients.in(connection.getClass(), connection.getClass(), String.class))
        .containsExactly("HttpURLConnection is not traced");
  }

  @Test
  void anOkHttpUnderAnotherNameIsNamedByIt() {
    assertThat(UntracedClients.in(OkHttpClient.class))
        .containsExactly("OkHttp under the name shop.okhttp3.OkHttpClient is not traced");
  }

  @Test
  void othersAreNot() {
    assertThat(
            UntracedClients.in(String.class, UntracedClientsTest.class, okhttp3.OkHttpClient.class))
        .isEmpty();
  }
}
