package io.httptrace.jdk;

import io.httptrace.Hook;
import io.httptrace.HookSupport;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A client of the JDK that tells what can be seen from outside, where there is no agent. */
final class UnaidedClient extends HttpClient {
  static final HookSupport SUPPORT = support();

  private final HttpClient client;

  UnaidedClient(HttpClient client) {
    this.client = client;
  }

  private static HookSupport support() {
    Set<Hook> unseen = EnumSet.allOf(Hook.class);
    unseen.removeAll(
        Set.of(Hook.ROUND_TRIP_START, Hook.GET_CONN, Hook.GOT_RESPONSE, Hook.ROUND_TRIP_DONE));
    String inside = "it happens inside the JDK's client; the agent sees it";
    return HookSupport.builder()
        .never(inside, unseen.toArray(Hook[]::new))
        .approximate(
            "one for a call, redirects and retries included",
            Hook.ROUND_TRIP_START,
            Hook.GOT_RESPONSE,
            Hook.ROUND_TRIP_DONE)
        .approximate("one for a call, and the target in place of a proxy", Hook.GET_CONN)
        .build();
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    UnaidedCall call = UnaidedCall.of(request);
    if (call == null) {
      return client.send(request, handler);
    }
    call.start();
    try {
      return client.send(request, call.watching(handler));
    } catch (IOException | InterruptedException | RuntimeException | Error error) {
      call.failed(error);
      throw error;
    } finally {
      call.returned();
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendAsync(request, handler, null);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> pushPromiseHandler) {
    UnaidedCall call = UnaidedCall.of(request);
    if (call == null) {
      return client.sendAsync(request, handler, pushPromiseHandler);
    }
    call.start();
    CompletableFuture<HttpResponse<T>> sent;
    try {
      sent = client.sendAsync(request, call.watching(handler), pushPromiseHandler);
    } catch (RuntimeException | Error refused) {
      call.failed(refused);
      call.returned();
      throw refused;
    }
    sent.whenComplete(
        (response, error) -> {
          if (error != null) {
            call.failed(error);
          }
          call.returned();
        });
    return sent;
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public String toString() {
    return client.toString();
  }
}
