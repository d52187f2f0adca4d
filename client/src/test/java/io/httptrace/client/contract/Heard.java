package io.httptrace.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that writes down what it hears, and asks for so much at the beginning. */
class Heard implements WebSocket.Listener {
  private final long demand;
  private final List<String> calls = new ArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  volatile Throwable error;

  Heard() {
    this(Long.MAX_VALUE);
  }

  Heard(long demand) {
    this.demand = demand;
  }

  private void note(String call) {
    if (inside.incrementAndGet() > 1) {
      call = "at the same time: " + call;
    }
    synchronized (calls) {
      calls.add(call);
      calls.notifyAll();
    }
    inside.decrementAndGet();
  }

  List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Waits until it has heard so much, and gives all that it has heard. */
  List<String> await(int count) throws InterruptedException {
    long end = System.nanoTime() + Contract.SOON.toNanos();
    synchronized (calls) {
      while (calls.size() < count) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertThat(left).as("heard only " + calls).isPositive();
        calls.wait(left);
      }
      return List.copyOf(calls);
    }
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    note("open");
    if (demand > 0) {
      webSocket.request(demand);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    note("text " + data + (last ? "." : "+"));
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    note("binary " + text(data) + (last ? "." : "+"));
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    note("ping " + text(message));
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
    note("pong " + text(message));
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    note("close " + statusCode + " " + reason + " " + webSocket.isInputClosed());
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable thrown) {
    error = thrown;
    note("error " + Contract.jdkType(thrown).getSimpleName());
  }
}
