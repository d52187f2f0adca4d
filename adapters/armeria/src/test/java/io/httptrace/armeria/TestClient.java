package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.RequestOptionsBuilder;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import io.httptrace.ClientTrace;
import io.httptrace.conformance.Names;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that is traced, without time limits, and its factory. */
final class TestClient implements AutoCloseable {
  private final ClientFactory factory;
  private final WebClient client;

  private TestClient(ClientFactory factory, WebClient client) {
    this.factory = factory;
    this.client = client;
  }

  /** {@return one that speaks HTTP/1.1} */
  static TestClient of(ArmeriaTracing tracing) {
    return of(tracing, builder -> {});
  }

  /** {@return one that speaks HTTP/1.1 and has more decorators or settings} */
  static TestClient of(ArmeriaTracing tracing, Consumer<WebClientBuilder> more) {
    return of(tracing, tracing.install(ClientFactory.builder()).preferHttp1(true), more);
  }

  /** {@return one that looks names up as a test says} */
  static TestClient withNames(ArmeriaTracing tracing, Names names) {
    ClientFactoryOptions resolver =
        ClientFactoryOptions.of(
            ClientFactoryOptions.ADDRESS_RESOLVER_GROUP_FACTORY.newValue(
                group -> new TestResolvers(names, null)));
    return of(
        tracing,
        tracing.install(ClientFactory.builder(), resolver).preferHttp1(true),
        builder -> {});
  }

  /** {@return one of a factory} */
  static TestClient of(
      ArmeriaTracing tracing, ClientFactoryBuilder factory, Consumer<WebClientBuilder> more) {
    ClientFactory made = factory.connectTimeout(Duration.ofSeconds(60)).build();
    WebClientBuilder builder =
        tracing.install(
            WebClient.builder().factory(made).responseTimeoutMillis(0).writeTimeoutMillis(0));
    more.accept(builder);
    return new TestClient(made, builder.build());
  }

  WebClient client() {
    return client;
  }

  ClientFactory factory() {
    return factory;
  }

  /** {@return the response to a GET} */
  HttpResponse send(String url, @Nullable ClientTrace trace) {
    return send(url, trace, options -> {});
  }

  HttpResponse send(String url, @Nullable ClientTrace trace, Consumer<RequestOptionsBuilder> more) {
    return send(HttpRequest.of(HttpMethod.GET, url), trace, more);
  }

  HttpResponse send(
      HttpRequest request, @Nullable ClientTrace trace, Consumer<RequestOptionsBuilder> more) {
    RequestOptionsBuilder options = RequestOptions.builder();
    if (trace != null) {
      options.attr(ArmeriaTracing.CLIENT_TRACE, trace);
    }
    more.accept(options);
    return client.execute(request, options.build());
  }

  /** {@return the whole response to a GET} */
  AggregatedHttpResponse get(String url, @Nullable ClientTrace trace) {
    return send(url, trace).aggregate().join();
  }

  /** Sends a GET that fails. */
  void fail(HttpResponse response) {
    try {
      response.aggregate().join();
    } catch (CompletionException expected) {
      return;
    }
    throw new AssertionError("it did not fail");
  }

  @Override
  public void close() {
    factory.close();
  }
}
