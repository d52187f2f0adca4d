package io.httptrace.client.websocket;

import io.httptrace.client.call.CallFuture;
import io.httptrace.client.call.UpgradeHandler;
import io.httptrace.client.http1.Http1Connection;
import io.httptrace.client.netty.PlainErrors;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A WebSocket that is being built. Its future can be cancelled like that of a request. */
final class WebSocketConnector implements UpgradeHandler {
  private final Handshake handshake;
  private final WebSocket.Listener listener;
  private final Executor executor;
  private final CallFuture<WebSocket> future = new CallFuture<>(this::cancel);

  private volatile Runnable cancelRequest = () -> {};
  private volatile @Nullable NettyWebSocket opened;

  WebSocketConnector(Handshake handshake, WebSocket.Listener listener, Executor executor) {
    this.handshake = handshake;
    this.listener = listener;
    this.executor = executor;
  }

  CompletableFuture<WebSocket> begin(Upgrader upgrader) throws IOException {
    cancelRequest = upgrader.send(handshake.request(), this);
    if (future.isCancelled()) {
      cancelRequest.run();
    }
    return future;
  }

  private void cancel() {
    cancelRequest.run();
  }

  @Override
  public void failed(Throwable error) {
    future.completeExceptionally(error);
  }

  @Override
  public void take(HttpResponse<String> response, @Nullable Http1Connection connection) {
    String subprotocol;
    try {
      subprotocol = handshake.check(response);
    } catch (ProtocolException wrong) {
      WebSocketHandshakeException failure = new WebSocketHandshakeException(response);
      failure.initCause(wrong);
      refuse(connection, failure);
      return;
    }
    if (connection == null) {
      refuse(null, new IOException("the server switched protocols although it was not asked to"));
      return;
    }
    NettyWebSocket socket = new NettyWebSocket(subprotocol, connection::onLoop, listener, executor);
    opened = socket;
    if (future.isDone()) {
      connection.close();
    } else if (!connection.switchTo(socket.handlers())) {
      refuse(connection, PlainErrors.clientClosed());
    } else {
      // The listener comes first: stages that depend on the future may wait for it.
      socket.open();
      if (!future.complete(socket)) {
        socket.abort();
      }
    }
  }

  private void refuse(@Nullable Http1Connection connection, IOException failure) {
    if (connection != null) {
      connection.close();
    }
    future.completeExceptionally(failure);
  }

  @Override
  public boolean runsHere() {
    NettyWebSocket socket = opened;
    return socket != null && socket.runsHere();
  }

  @Override
  public void abort(Throwable reason) {
    NettyWebSocket socket = opened;
    if (socket != null) {
      socket.abort(reason);
    }
  }
}
