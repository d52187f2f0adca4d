package io.httptrace.samples.boot;

import io.httptrace.client.TracingHttpClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A WebFlux application that asks other servers through {@link RestClient}. Boot manages Netty 4.1
 * for WebFlux; the client is {@code httptrace-client-shaded}, which brings its own.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class BootApplication {
  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(BootApplication.class, args);
  }

  // @start region="program"
  @Bean
  TracingHttpClient httpClient() {
    return TracingHttpClient.newHttpClient();
  }

  @Bean
  RestClient restClient(TracingHttpClient client) {
    return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(client)).build();
  }

  // @end
}
