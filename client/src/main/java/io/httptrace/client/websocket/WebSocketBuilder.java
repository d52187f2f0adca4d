package io.httptrace.client.websocket;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Builds WebSockets by a request of the client. */
public final class WebSocketBuilder implements WebSocket.Builder {
  private final Upgrader upgrader;
  private final Executor executor;
  private final List<HandshakeSettings.Field> fields = new ArrayList<>();
  private List<String> subprotocols = List.of();
  private @Nullable Duration connectTimeout;

  /**
   * Makes a builder.
   *
   * @param upgrader sends the requests
   * @param executor runs listeners; must not reject
   */
  public WebSocketBuilder(Upgrader upgrader, Executor executor) {
    this.upgrader = upgrader;
    this.executor = executor;
  }

  @Override
  public WebSocket.Builder header(String name, String value) {
    fields.add(
        new HandshakeSettings.Field(requireNonNull(name, "name"), requireNonNull(value, "value")));
    return this;
  }

  @Override
  public WebSocket.Builder connectTimeout(Duration timeout) {
    connectTimeout = requireNonNull(timeout, "timeout");
    return this;
  }

  @Override
  public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
    List<String> all = new ArrayList<>(lesserPreferred.length + 1);
    all.add(requireNonNull(mostPreferred, "mostPreferred"));
    for (int i = 0; i < lesserPreferred.length; i++) {
      all.add(requireNonNull(lesserPreferred[i], "lesserPreferred[" + i + "]"));
    }
    subprotocols = List.copyOf(all);
    return this;
  }

  @Override
  public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
    requireNonNull(uri, "uri");
    requireNonNull(listener, "listener");
    HandshakeSettings settings =
        new HandshakeSettings(List.copyOf(fields), subprotocols, connectTimeout);
    try {
      WebSocketConnector opening =
          new WebSocketConnector(new Handshake(settings, uri), listener, executor);
      return opening.begin(upgrader);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
