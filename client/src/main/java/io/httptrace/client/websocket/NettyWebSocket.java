package io.httptrace.client.websocket;

import static java.util.Objects.requireNonNull;

import io.httptrace.client.concurrent.Strand;
import io.httptrace.client.netty.Pipelines;
import io.netty.channel.ChannelPipeline;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A WebSocket. Its connection is closed when both its sides are, or as soon as it is aborted.
 *
 * <p>A frame of the peer is delivered as a whole, so its size is limited.
 */
final class NettyWebSocket implements WebSocket {
  /** How large a frame of the peer may be; a message may have any number of them. */
  static final int MAX_FRAME_BYTES = 16 << 20;

  private final String subprotocol;
  private final WebSocketFrameHandler frames;
  private final Input input;
  private final Output output;

  /**
   * Makes a WebSocket, which must still be opened.
   *
   * @param subprotocol the one that the server has chosen
   * @param loop runs tasks on the event loop of its channel; returns false if it cannot
   * @param executor runs the listener; must not reject
   */
  NettyWebSocket(
      String subprotocol, Predicate<Runnable> loop, Listener listener, Executor executor) {
    this.subprotocol = subprotocol;
    this.input = new Input(this, listener, new Strand(executor));
    this.frames = new WebSocketFrameHandler(loop, input::arrived);
    this.output = new Output(this, frames, this::closeIfDone);
  }

  /** {@return what adds its handlers to the pipeline of its channel} */
  Consumer<ChannelPipeline> handlers() {
    return Pipelines.webSocket(MAX_FRAME_BYTES, frames);
  }

  void open() {
    input.open();
  }

  /** {@return whether the calling thread runs the listener} */
  boolean runsHere() {
    return input.runsHere();
  }

  // ---- From the input ----

  void read() {
    frames.read();
  }

  void answer(ByteBuffer ping) {
    output.answer(ping);
  }

  /** The input is closed: closes the output, if it is open, and the connection. */
  void closeOutput(int code) {
    if (output.isClosed()) {
      closeIfDone();
    } else {
      output.close(code);
    }
  }

  /** Closes the output and the connection because of a fault of the peer. */
  void fail(int code) {
    output.fail(code);
  }

  private void closeIfDone() {
    if (input.isClosed()) {
      frames.close();
    }
  }

  /** Aborts it, and tells the listener why. */
  void abort(Throwable reason) {
    input.abort(reason);
  }

  // ---- From the caller ----

  @Override
  public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
    return output.sendText(requireNonNull(data, "data"), last);
  }

  @Override
  public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
    return output.sendBinary(requireNonNull(data, "data"), last);
  }

  @Override
  public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
    return output.sendPing(requireNonNull(message, "message"));
  }

  @Override
  public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
    return output.sendPong(requireNonNull(message, "message"));
  }

  @Override
  public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
    return output.sendClose(statusCode, requireNonNull(reason, "reason"));
  }

  @Override
  public void request(long n) {
    input.request(n);
  }

  @Override
  public String getSubprotocol() {
    return subprotocol;
  }

  @Override
  public boolean isOutputClosed() {
    return output.isClosed();
  }

  @Override
  public boolean isInputClosed() {
    return input.isClosed();
  }

  @Override
  public void abort() {
    input.abort();
    output.abort();
    frames.close();
  }
}
