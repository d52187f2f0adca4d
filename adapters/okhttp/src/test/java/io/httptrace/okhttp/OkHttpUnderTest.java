package io.httptrace.okhttp;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.Names;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.server.TestCertificate;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/** OkHttp with the adapter, as the scenarios see it. */
final class OkHttpUnderTest implements ClientUnderTest {
  /** OkHttp refuses them without a body. */
  private static final Set<String> NEED_BODY = Set.of("POST", "PUT", "PATCH");

  @Override
  public String name() {
    return "OkHttp";
  }

  @Override
  public HookSupport support() {
    return OkHttpTracing.hookSupport();
  }

  @Override
  public Capabilities capabilities() {
    return OkHttpDifferences.capabilities();
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return OkHttpDifferences.maskedArguments();
  }

  @Override
  public List<Deviation> deviations() {
    return OkHttpDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return OkHttpErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public List<SharedThread> sharedThreads() {
    return List.of(
        SharedThread.named("OkHttp ", "OkHttp's task runner keeps its threads for a minute"),
        SharedThread.named("Okio Watchdog", "Okio has one thread for the time limits of all"));
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    return new Open(
        OkHttpTracing.create().install(builder(settings)).build(), settings.keepAlive());
  }

  private static OkHttpClient.Builder builder(ClientSettings settings) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(settings.followRedirects())
            .connectionPool(pool(settings))
            .protocols(
                settings.http2()
                    ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                    : List.of(Protocol.HTTP_1_1));
    apply(settings.connectTimeout(), builder::connectTimeout);
    // OkHttp's limit for reading is also its limit for a handshake.
    apply(settings.tlsHandshakeTimeout(), builder::readTimeout);
    apply(settings.responseHeaderTimeout(), builder::readTimeout);
    if (settings.sslContext() != null) {
      X509TrustManager trust =
          settings.insecure() ? TestCertificate.credulous() : TestCertificate.trusting();
      builder.sslSocketFactory(settings.sslContext().getSocketFactory(), trust);
      if (settings.insecure()) {
        builder.hostnameVerifier((host, session) -> true);
      }
    }
    apply(settings.proxy(), proxy -> setProxy(builder, proxy));
    apply(settings.names(), names -> builder.dns(dns(names)));
    return builder;
  }

  private static ConnectionPool pool(ClientSettings settings) {
    Duration idle = settings.idleConnectionTimeout();
    return new ConnectionPool(
        settings.maxIdleConnections().orElse(5),
        idle == null ? 60_000 : idle.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static void setProxy(OkHttpClient.Builder builder, URI proxy) {
    String host = proxy.getHost();
    int port = proxy.getPort();
    builder.proxy(
        proxy.getScheme().startsWith("socks")
            ? new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(host, port))
            : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
    if (proxy.getUserInfo() != null) {
      String[] user = proxy.getUserInfo().split(":", 2);
      builder.proxyAuthenticator(
          (route, response) ->
              response
                  .request()
                  .newBuilder()
                  .header("Proxy-Authorization", Credentials.basic(user[0], user[1]))
                  .build());
    }
  }

  private static Dns dns(Names names) {
    return host -> {
      try {
        return names.lookup(host).toCompletableFuture().get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof UnknownHostException unknown) {
          throw unknown;
        }
        throw new IllegalStateException(failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new UnknownHostException("interrupted");
      }
    };
  }

  private static <T> void apply(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private record Open(OkHttpClient client, boolean keepAlive) implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      Request.Builder builder =
          new Request.Builder()
              .url(request.uri().toString())
              .method(request.method(), body(request.body(), request.method()))
              .tag(ClientTrace.class, request.trace());
      request.headers().forEach(h -> builder.addHeader(h.name(), h.value()));
      if (request.expectContinue()) {
        builder.header("Expect", "100-continue");
      }
      if (!keepAlive) {
        builder.header("Connection", "close");
      }
      Call call = client.newCall(builder.build());
      apply(
          request.timeout(),
          limit -> call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS));
      return new Sent(call);
    }

    @Override
    public void closeIdleConnections() {
      client.connectionPool().evictAll();
    }

    @Override
    public void close() {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  private record Sent(Call call) implements ClientCall {
    @Override
    public ClientResponse send() throws IOException {
      Response response = call.execute();
      String protocol =
          switch (response.protocol()) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_2 -> "HTTP/2.0";
            default -> "HTTP/1.1";
          };
      return new ClientResponse(response.code(), protocol, content(response));
    }

    /** What follows a 101 is no body. */
    private static InputStream content(Response response) {
      Socket upgraded = response.socket();
      if (upgraded == null) {
        return response.body().byteStream();
      }
      return new FilterInputStream(Okio.buffer(upgraded.getSource()).inputStream()) {
        @Override
        public void close() throws IOException {
          upgraded.cancel();
          upgraded.getSink().close();
          upgraded.getSource().close();
        }
      };
    }

    @Override
    public void cancel() {
      call.cancel();
    }
  }

  private static @Nullable RequestBody body(
      io.httptrace.conformance.body.@Nullable RequestBody body, String method) {
    if (body == null) {
      return NEED_BODY.contains(method) ? RequestBody.create(new byte[0]) : null;
    }
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return null;
      }

      @Override
      public long contentLength() {
        return body.length();
      }

      @Override
      public boolean isOneShot() {
        return !body.replayable();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        byte[] part = new byte[1024];
        try (InputStream content = body.open()) {
          for (int count = content.read(part); count >= 0; count = content.read(part)) {
            sink.write(part, 0, count);
            sink.flush(); // a body that pauses is sent up to there
          }
        }
      }
    };
  }
}
