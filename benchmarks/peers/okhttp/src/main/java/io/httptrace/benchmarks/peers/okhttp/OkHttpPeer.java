package io.httptrace.benchmarks.peers.okhttp;

import static java.util.Objects.requireNonNull;

import io.httptrace.benchmarks.peer.DiscardedStream;
import io.httptrace.benchmarks.peer.PeerClient;
import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * OkHttp. With the option {@code trace} each call has a listener that reads the clock at each
 * event.
 */
public final class OkHttpPeer implements PeerClient {
  private final ConcurrentHashMap<String, HttpUrl> urls = new ConcurrentHashMap<>();
  private final PeerConfig config;
  private final OkHttpClient client;

  /**
   * Makes one.
   *
   * @param config what it is told
   */
  public OkHttpPeer(PeerConfig config) throws Exception {
    this.config = config;
    Dispatcher dispatcher = new Dispatcher(); // its own default executor
    dispatcher.setMaxRequests(Math.max(64, config.maxInFlight()));
    dispatcher.setMaxRequestsPerHost(Math.max(64, config.maxInFlight()));
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(Math.max(5, config.maxInFlight()), 5, TimeUnit.MINUTES))
            .protocols(
                config.h2()
                    ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                    : List.of(Protocol.HTTP_1_1));
    if (config.tls()) {
      builder.sslSocketFactory(config.sslContext().getSocketFactory(), config.trustManager());
      if (!config.h2()) {
        // OkHttp leaves Nagle's algorithm on. With TLS 1.3 and a server that sends no tickets its
        // first request then waits 40 ms, until what ends the handshake has been acknowledged.
        builder.socketFactory(new NoDelaySocketFactory());
      }
    }
    if (config.option("trace", "").equals("1")) {
      builder.eventListenerFactory(call -> new NanoListener());
    }
    client = builder.build();
  }

  private Request.Builder request(String path) {
    return new Request.Builder()
        .url(urls.computeIfAbsent(path, p -> requireNonNull(HttpUrl.get(config.uri(p)))));
  }

  private static void ok(Response r) throws IOException {
    if (r.code() != 200) {
      throw new IOException("status " + r.code());
    }
  }

  private byte[] bytes(Request request) throws IOException {
    try (Response r = client.newCall(request).execute()) {
      ok(r);
      return r.body().bytes();
    }
  }

  @Override
  public byte[] get(String path) throws Exception {
    return bytes(request(path).build());
  }

  @Override
  public byte[] post(String path, byte[] body) throws Exception {
    return bytes(request(path).post(RequestBody.create(body, null)).build());
  }

  @Override
  public long download(String path) throws Exception {
    try (Response r = client.newCall(request(path).build()).execute()) {
      ok(r);
      return DiscardedStream.of(r.body().byteStream());
    }
  }

  @Override
  public CompletableFuture<Integer> getAsync(String path) {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    client
        .newCall(request(path).build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                done.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) {
                int n;
                try (Response r = response) {
                  ok(r);
                  n = r.body().bytes().length;
                } catch (IOException e) {
                  done.completeExceptionally(e);
                  return;
                }
                done.complete(n);
              }
            });
    return done;
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
