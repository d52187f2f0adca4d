package io.httptrace.client.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.httptrace.client.Resolver;
import io.httptrace.client.TracedRequest;
import io.httptrace.client.TracingHttpClient;
import io.httptrace.client.TracingHttpClientBuilder;
import io.httptrace.conformance.leak.LeakGuard;
import io.httptrace.conformance.server.ScriptedServer;
import io.httptrace.timeline.PhaseKind;
import io.httptrace.timeline.TraceRecorder;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who was asked for a name. */
class ResolverNameTest {
  @RegisterExtension final LeakGuard guard = new LeakGuard();

  /** A resolver with a name. */
  private record Named(String name) implements Resolver {
    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
      return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
    }
  }

  private @Nullable String asked(TracingHttpClientBuilder builder) throws Exception {
    ScriptedServer server =
        guard.watch(
            ScriptedServer.builder("server")
                .connections(
                    connection -> {
                      connection.readRequest();
                      connection.send("HTTP/1.1 204 No Content\r\n\r\n");
                      connection.awaitPeerClose();
                    })
                .start());
    TraceRecorder recorder = new TraceRecorder();
    URI uri = URI.create("http://localhost:" + server.port() + "/");
    try (TracingHttpClient client = builder.build()) {
      client.send(
          TracedRequest.of(HttpRequest.newBuilder(uri).build(), recorder),
          BodyHandlers.discarding());
    }
    return recorder.timeline().roundTrips().get(0).phases(PhaseKind.DNS).get(0).resolver();
  }

  @Test
  void isTheSystemsUnlessAnotherIsSet() throws Exception {
    assertThat(asked(TracingHttpClient.newBuilder())).isEqualTo("system");
  }

  @Test
  void isWhatAResolverCallsItself() throws Exception {
    Resolver named = new Named("dns-over-https");
    Resolver unnamed =
        host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));

    assertThat(asked(TracingHttpClient.newBuilder().resolver(named))).isEqualTo("dns-over-https");
    assertThat(asked(TracingHttpClient.newBuilder().resolver(unnamed))).isEqualTo("custom");
  }

  @Test
  void isNotNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> TracingHttpClient.newBuilder().resolver(new Named(null)))
        .withMessage("name of the resolver");
  }
}
