package io.httptrace.cli.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.cli.options.CommandOptions;
import io.httptrace.cli.options.CommandSyntax;
import io.httptrace.cli.options.Target;
import io.httptrace.client.TracingHttpClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientsTest {

  /** Names that the JDK cannot check the client would check by itself, whoever is trusted. */
  @Test
  void anyCertificateIsAcceptedForAnyName() throws Exception {
    assertThat(namesCheckedBy("-k")).isEqualTo("HTTPS");
    assertThat(namesCheckedBy()).isNull();
  }

  private static @Nullable String namesCheckedBy(String... args) throws Exception {
    CommandOptions options =
        Objects.requireNonNull(
            CommandSyntax.parse("1", InputStream.nullInputStream(), args).options());
    Target target = Target.parse("https://my_host.localhost/");
    try (TracingHttpClient client = Clients.of(options, List.of(target), null, Map.of())) {
      return client.sslParameters().getEndpointIdentificationAlgorithm();
    }
  }
}
