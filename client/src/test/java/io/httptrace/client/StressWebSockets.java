package io.httptrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Waiting;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** WebSockets that say something, hear it again, and end in one way or another. */
final class StressWebSockets {
  private static final String CLOSED = "closed";

  private final TracingHttpClient client;
  private final URI uri;
  private final Random random;
  private final Consumer<String> ended;

  StressWebSockets(TracingHttpClient client, URI uri, Random random, Consumer<String> ended) {
    this.client = client;
    this.uri = uri;
    this.random = random;
    this.ended = ended;
  }

  /** What has been heard, in order. */
  private static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      texts.add(CLOSED);
      return null;
    }
  }

  void one() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = result(client.newWebSocketBuilder().buildAsync(uri, heard));
    for (int i = random.nextInt(20); i >= 0; i--) {
      String text = "x".repeat(random.nextInt(2_000));
      result(socket.sendText(text, true));
      assertThat(next(heard)).isEqualTo(text);
      ended.accept("message");
    }
    if (random.nextBoolean()) {
      result(socket.sendClose(WebSocket.NORMAL_CLOSURE, "enough"));
      assertThat(next(heard)).isEqualTo(CLOSED);
      ended.accept("WebSocket closed");
    } else {
      socket.abort();
      ended.accept("WebSocket aborted");
    }
  }

  private static String next(Heard heard) throws InterruptedException {
    return heard.texts.poll(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static <T> T result(CompletableFuture<T> future) throws Exception {
    return future.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
