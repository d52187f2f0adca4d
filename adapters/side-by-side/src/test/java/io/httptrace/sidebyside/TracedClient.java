package io.httptrace.sidebyside;

import io.httptrace.apache.ApacheTracing;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.jdk.JdkTracing;
import io.httptrace.okhttp.OkHttpTracing;
import io.httptrace.reactornetty.ReactorNettyTracing;
import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import reactor.netty.resources.ConnectionProvider;

/** The clients that are traced side by side, each by its own means. */
enum TracedClient {
  OWN {
    @Override
    Sender open(Consumer<? super Timeline> timelines) {
      TracingHttpClient client =
          TracingHttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .onTimeline(timelines)
              .build();
      return new Sender(url -> sent(client, url), client::close);
    }
  },

  /** The agent traces each client of the JVM. */
  JDK {
    @Override
    Sender open(Consumer<? super Timeline> timelines) {
      JdkTracing tracing = JdkTracing.installed().orElseThrow();
      tracing.onTimeline(timelines);
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      return new Sender(url -> sent(client, url), () -> tracing.onTimeline(null));
    }
  },

  OKHTTP {
    @Override
    Sender open(Consumer<? super Timeline> timelines) {
      OkHttpClient client =
          OkHttpTracing.create().onTimeline(timelines).install(new OkHttpClient.Builder()).build();
      return new Sender(
          url -> {
            Request request = new Request.Builder().url(url).build();
            try (Response response = client.newCall(request).execute()) {
              return response.body().string();
            }
          },
          () -> {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
          });
    }
  },

  APACHE {
    @Override
    Sender open(Consumer<? super Timeline> timelines) {
      CloseableHttpClient client =
          ApacheTracing.create().onTimeline(timelines).install(HttpClients.custom()).build();
      return new Sender(
          url ->
              client.execute(
                  new HttpGet(url), response -> EntityUtils.toString(response.getEntity())),
          client::close);
    }
  },

  REACTOR_NETTY {
    @Override
    Sender open(Consumer<? super Timeline> timelines) {
      ConnectionProvider pool = ConnectionProvider.create("side-by-side");
      reactor.netty.http.client.HttpClient client =
          ReactorNettyTracing.create()
              .onTimeline(timelines)
              .install(reactor.netty.http.client.HttpClient.create(pool));
      return new Sender(
          url ->
              Objects.requireNonNull(
                  client.get().uri(url).responseContent().aggregate().asString().block()),
          pool::dispose);
    }
  };

  /**
   * {@return a client that is traced}
   *
   * @param timelines gets the timeline of each call of it
   */
  abstract Sender open(Consumer<? super Timeline> timelines);

  private static String sent(HttpClient client, String url)
      throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
