package io.httptrace.asynchttpclient;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.Deviation;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import io.httptrace.conformance.SharedThread;
import io.httptrace.conformance.body.RequestBody;
import io.httptrace.conformance.error.ErrorClassifier;
import java.util.List;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.jspecify.annotations.Nullable;

/** AsyncHttpClient with the adapter, as the scenarios see it. */
final class AhcUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "AsyncHttpClient";
  }

  @Override
  public HookSupport support() {
    return AsyncHttpClientTracing.hookSupport();
  }

  @Override
  public Capabilities capabilities() {
    return AhcDifferences.capabilities();
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return AhcDifferences.maskedArguments();
  }

  @Override
  public List<Deviation> deviations() {
    return AhcDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return AhcErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public List<SharedThread> sharedThreads() {
    return List.of(
        SharedThread.named(
            AhcTestConfig.IO_THREADS, "the tests give all clients the same threads"));
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    return new Open(new DefaultAsyncHttpClient(AhcTestConfig.of(settings)), settings);
  }

  private record Open(DefaultAsyncHttpClient client, ClientSettings settings)
      implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest request) {
      RequestBuilder builder =
          new RequestBuilder(request.method()).setUrl(request.uri().toString());
      request.headers().forEach(h -> builder.addHeader(h.name(), h.value()));
      RequestBody body = request.body();
      if (body != null) {
        if (body.length() >= 0) {
          builder.setHeader("Content-Length", Long.toString(body.length()));
        }
        builder.setBody(new FedBody(body));
      }
      if (request.expectContinue()) {
        builder.setHeader("Expect", "100-continue");
      }
      if (settings.names() != null) {
        builder.setNameResolver(new ScenarioNames(settings.names(), settings.connectTimeout()));
      }
      if (request.timeout() != null) {
        builder.setRequestTimeout(request.timeout());
      }
      return new Sent(client, builder.build(), new StreamedResponse(request.method()), request);
    }

    @Override
    public void closeIdleConnections() {
      client.flushChannelPoolPartitions(partition -> true);
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private static final class Sent implements ClientCall {
    private final DefaultAsyncHttpClient client;
    private final Request request;
    private final StreamedResponse response;
    private final ClientRequest planned;

    // Guarded by this.
    private @Nullable ListenableFuture<?> future;
    private boolean cancelled;

    Sent(
        DefaultAsyncHttpClient client,
        Request request,
        StreamedResponse response,
        ClientRequest planned) {
      this.client = client;
      this.request = request;
      this.response = response;
      this.planned = planned;
    }

    @Override
    public ClientResponse send() throws Exception {
      ListenableFuture<?> sent =
          client.executeRequest(request, AsyncHttpClientTracing.traced(response, planned.trace()));
      synchronized (this) {
        future = sent;
        if (cancelled) {
          sent.cancel(true);
        }
      }
      return response.await();
    }

    @Override
    public void cancel() {
      ListenableFuture<?> sent;
      synchronized (this) {
        cancelled = true;
        sent = future;
      }
      if (sent != null) {
        sent.cancel(true);
      }
    }
  }
}
