package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  private final TracingHttpClientBuilder builder = TracingHttpClient.newBuilder();

  @Test
  void clientKeepsTheSettingsItWasBuiltWith() {
    builder.connectTimeout(Duration.ofSeconds(1)).followRedirects(Redirect.ALWAYS);
    try (TracingHttpClient client = builder.build()) {
      builder.connectTimeout(Duration.ofSeconds(2)).version(Version.HTTP_1_1);

      assertThat(client.connectTimeout()).contains(Duration.ofSeconds(1));
      assertThat(client.version()).isEqualTo(Version.HTTP_2);
      assertThat(client.followRedirects()).isEqualTo(Redirect.ALWAYS);
    }
  }

  @Test
  void nextClientHasTheSettingsOfTheFirstAndTheLaterOnes() {
    builder.followRedirects(Redirect.ALWAYS).build().close();
    try (TracingHttpClient client = builder.version(Version.HTTP_1_1).build()) {
      assertThat(client.version()).isEqualTo(Version.HTTP_1_1);
      assertThat(client.followRedirects()).isEqualTo(Redirect.ALWAYS);
    }
  }
}
