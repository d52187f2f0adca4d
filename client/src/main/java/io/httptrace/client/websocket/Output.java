package io.httptrace.client.websocket;

import io.httptrace.client.call.CallFuture;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The output side of a WebSocket: decides what may be sent when. Safe for several threads. */
final class Output {
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int MAX_REASON_BYTES = 123;

  private final WebSocket socket;
  private final WebSocketFrameHandler frames;
  private final Runnable onClosed;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean dataPending = new AtomicBoolean();
  private final AtomicBoolean controlPending = new AtomicBoolean();

  /** The last Ping that has not been answered; earlier ones need no answer any more. */
  private final AtomicReference<@Nullable ByteBuffer> toAnswer = new AtomicReference<>();

  /** The kind of the incomplete message, if any. Used by the sender of the pending data. */
  private volatile Outgoing.@Nullable Kind unfinished;

  /**
   * Makes an open output.
   *
   * @param socket the value of completed futures
   * @param frames sends messages
   * @param onClosed runs when the Close message has been sent, or cannot be
   */
  Output(WebSocket socket, WebSocketFrameHandler frames, Runnable onClosed) {
    this.socket = socket;
    this.frames = frames;
    this.onClosed = onClosed;
  }

  boolean isClosed() {
    return closed.get();
  }

  CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    return sendData(
        Outgoing.Kind.TEXT,
        last,
        () -> {
          // It may be a class of the caller, which must not run on the event loop.
          String text = data.toString();
          Utf8.check(text);
          return Contents.text(text);
        });
  }

  CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    return sendData(Outgoing.Kind.BINARY, last, () -> Contents.bytes(data));
  }

  private interface Source {
    Outgoing.Content get() throws IOException;
  }

  private CompletableFuture<WebSocket> sendData(Outgoing.Kind kind, boolean last, Source source) {
    if (!dataPending.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(new IllegalStateException("Send pending"));
    }
    Outgoing.Kind begun = unfinished;
    Outgoing.Content content;
    try {
      checkOpen();
      if (begun != null && begun != kind) {
        throw new IllegalStateException("a message of another kind is not complete");
      }
      content = source.get();
    } catch (IOException | RuntimeException refused) {
      dataPending.set(false);
      return CompletableFuture.failedFuture(refused);
    }
    unfinished = last ? null : kind;
    return send(kind, begun != null, last, content, dataPending);
  }

  private void checkOpen() throws IOException {
    if (closed.get()) {
      throw new IOException("Output closed");
    }
  }

  CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    return sendControl(Outgoing.Kind.PING, message);
  }

  CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    return sendControl(Outgoing.Kind.PONG, message);
  }

  private CompletableFuture<WebSocket> sendControl(Outgoing.Kind kind, ByteBuffer message) {
    if (!controlPending.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(new IllegalStateException("Send pending"));
    }
    try {
      checkOpen();
      if (message.remaining() > MAX_CONTROL_BYTES) {
        throw new IllegalArgumentException("Long message: " + message.remaining());
      }
    } catch (IOException | RuntimeException refused) {
      controlPending.set(false);
      return CompletableFuture.failedFuture(refused);
    }
    return send(kind, false, true, Contents.bytes(message), controlPending);
  }

  private CompletableFuture<WebSocket> send(
      Outgoing.Kind kind,
      boolean continuing,
      boolean last,
      Outgoing.Content content,
      AtomicBoolean pending) {
    CompletableFuture<WebSocket> future = new CallFuture<>(() -> {});
    frames.send(
        new Outgoing(
            kind,
            continuing,
            last,
            content,
            error -> {
              pending.set(false);
              if (error != null) {
                closed.set(true);
                onClosed.run();
              }
              complete(future, error);
            }));
    return future;
  }

  /** Completes a future on a thread where its dependent stages may block. */
  private void complete(CompletableFuture<WebSocket> future, @Nullable Throwable error) {
    future
        .defaultExecutor()
        .execute(
            () -> {
              if (error == null) {
                future.complete(socket);
              } else {
                future.completeExceptionally(error);
              }
            });
  }

  /** Answers a Ping. If several come before the answer is sent, only the last is answered. */
  void answer(ByteBuffer ping) {
    if (toAnswer.getAndSet(ping) == null && !closed.get()) {
      frames.send(new Outgoing(Outgoing.Kind.PONG, false, true, new Answer(), error -> answered()));
    }
  }

  /** Answers a Ping that came while the answer to the one before was being sent. */
  private void answered() {
    ByteBuffer ping = toAnswer.getAndSet(null);
    if (ping != null) {
      answer(ping);
    }
  }

  /** The answer to the Ping that is the last one when the answer is sent. */
  private final class Answer implements Outgoing.Content {
    @Override
    public ByteBuffer next(int most) {
      ByteBuffer ping = toAnswer.getAndSet(null);
      return ping == null ? ByteBuffer.allocate(0) : ping;
    }

    @Override
    public boolean hasMore() {
      return false;
    }
  }

  CompletableFuture<WebSocket> sendClose(int code, String reason) {
    if (!CloseCodes.maySend(code)) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("statusCode: " + code));
    }
    try {
      Utf8.check(reason);
    } catch (IOException malformed) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("Malformed reason", malformed));
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_REASON_BYTES) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("Long reason"));
    }
    CompletableFuture<WebSocket> future = new CallFuture<>(() -> {});
    if (!close(code, text, error -> complete(future, error))) {
      return CompletableFuture.failedFuture(new IOException("Output closed"));
    }
    return future;
  }

  /** Closes the output with a code, if it is open. */
  void close(int code) {
    close(code, new byte[0], error -> {});
  }

  private boolean close(int code, byte[] reason, Consumer<@Nullable Throwable> told) {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    frames.send(closing(code, reason, told));
    return true;
  }

  /**
   * Closes the output because of a fault: unsent messages fail.
   *
   * @param code the code for the peer
   */
  void fail(int code) {
    closed.set(true);
    frames.sendLast(closing(code, new byte[0], error -> {}));
  }

  private Outgoing closing(int code, byte[] reason, Consumer<@Nullable Throwable> told) {
    ByteBuffer content =
        ByteBuffer.allocate(Short.BYTES + reason.length).putShort((short) code).put(reason).flip();
    return new Outgoing(
        Outgoing.Kind.CLOSE,
        false,
        true,
        Contents.bytes(content),
        error -> {
          onClosed.run();
          told.accept(error);
        });
  }

  /** Closes the output without a Close message. */
  void abort() {
    closed.set(true);
  }
}
