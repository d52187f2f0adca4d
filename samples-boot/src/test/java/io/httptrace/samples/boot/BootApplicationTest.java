package io.httptrace.samples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.client.TracingHttpClient;
import io.netty.channel.Channel;
import io.netty.util.Version;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.http.server.HttpServer;

/** Netty 4.1 under WebFlux, and our client with its own, in one application. */
class BootApplicationTest {
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    application =
        new SpringApplicationBuilder(BootApplication.class)
            .properties("server.port=0", "spring.main.banner-mode=off")
            .run();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void theServerRunsOnNetty41AndTheClientOnItsOwn() {
    String jar =
        TracingHttpClient.class.getProtectionDomain().getCodeSource().getLocation().getPath();

    assertThat(HttpServer.class).isNotNull();
    assertThat(Version.identify().get("netty-transport").artifactVersion()).startsWith("4.1.");
    assertThat(Channel.class.getName()).isEqualTo("io.netty.channel.Channel");
    assertThat(jar).contains("httptrace-client-shaded").endsWith(".jar");
  }

  @Test
  void restClientOfTheApplicationIsTraced() throws Exception {
    String server =
        "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/relayed?url=" + server + "/greeting")).build();
    TracingHttpClient client = application.getBean(TracingHttpClient.class);

    String said = client.send(request, BodyHandlers.ofString()).body();

    assertThat(said)
        .isEqualTo("[\"connected\",\"connection reused: false\",\"first byte\",\"hello\"]");
  }
}
