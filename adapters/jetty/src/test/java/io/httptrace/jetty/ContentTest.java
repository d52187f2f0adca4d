package io.httptrace.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.server.PathServer;
import io.httptrace.conformance.time.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How the application reads a response whose hooks run on another thread. Jetty lets only one
 * thread read at a time, and drops the end of a content that another one reads.
 */
final class ContentTest {
  private static final ClientTrace MAY_BLOCK = ClientTrace.builder().gotConn(info -> {}).build();

  private final PathServer site = new PathServer();
  private final Clients clients = new Clients();

  @AfterEach
  void close() throws Exception {
    clients.close();
    site.close();
  }

  /** Reads a content to its end. */
  private static final class Reader implements Response.ContentSourceListener {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    @Override
    public void onContentSource(Response response, Content.Source source) {
      while (!whole.isDone()) {
        Content.Chunk chunk = source.read();
        if (chunk == null) {
          source.demand(() -> onContentSource(response, source));
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          whole.completeExceptionally(chunk.getFailure());
          return;
        }
        text.append(StandardCharsets.US_ASCII.decode(chunk.getByteBuffer()));
        if (chunk.isLast()) {
          whole.complete(text.toString());
        }
        chunk.release();
      }
    }
  }

  @Test
  void isReadToItsEndEachTime() throws Exception {
    assertThat(MAY_BLOCK.nonBlocking()).isFalse();
    HttpClient client = clients.start(JettyTracing.create());
    for (int i = 0; i < 50; i++) {
      Reader reader = new Reader();
      Request request = Clients.with(client.newRequest(site.url("/ok")), MAY_BLOCK);
      request.onResponseContentSource(reader).send(result -> {});

      assertThat(reader.whole.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
          .isEqualTo("hello");
    }
  }
}
