package io.httptrace.apache;

import io.httptrace.conformance.ClientResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body is read as a stream. The client gives a connection back when the consumer
 * has seen the end of the body; the scenarios go on when they have seen it. So the end is shown
 * only when the client is through with it, which an interceptor sees: otherwise it would be a
 * matter of luck whether the next request finds the connection in the pool.
 */
final class StreamedResponse implements AsyncResponseConsumer<Boolean>, FutureCallback<Boolean> {
  private static final String ATTRIBUTE = "response of the scenario";

  private final CompletableFuture<ClientResponse> head = new CompletableFuture<>();
  private final StreamedBody body;

  // Used by the I/O thread of the connection.
  private @Nullable ClientResponse withoutBody;
  private @Nullable FutureCallback<Boolean> end;

  StreamedResponse(Runnable cancel) {
    this.body = new StreamedBody(cancel);
  }

  void in(HttpClientContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  ClientResponse head() throws Exception {
    return head.get();
  }

  /** Shows the end of a response when the client is through with it. */
  static void interceptor(
      HttpRequest request,
      AsyncEntityProducer entity,
      AsyncExecChain.Scope scope,
      AsyncExecChain chain,
      AsyncExecCallback callback)
      throws HttpException, IOException {
    StreamedResponse response = (StreamedResponse) scope.clientContext.getAttribute(ATTRIBUTE);
    chain.proceed(
        request,
        entity,
        scope,
        new AsyncExecCallback() {
          @Override
          public AsyncDataConsumer handleResponse(HttpResponse head, EntityDetails details)
              throws HttpException, IOException {
            return callback.handleResponse(head, details);
          }

          @Override
          public void handleInformationResponse(HttpResponse head)
              throws HttpException, IOException {
            callback.handleInformationResponse(head);
          }

          @Override
          public void completed() {
            callback.completed();
            response.over();
          }

          @Override
          public void failed(Exception cause) {
            callback.failed(cause);
            response.failed(cause);
          }
        });
  }

  private void over() {
    ClientResponse response = withoutBody;
    if (response != null) {
      head.complete(response);
    }
    body.end();
  }

  // ---- What the client calls

  @Override
  public void consumeResponse(
      HttpResponse response,
      @Nullable EntityDetails details,
      HttpContext context,
      FutureCallback<Boolean> callback) {
    ProtocolVersion version = response.getVersion();
    ClientResponse shown =
        new ClientResponse(
            response.getCode(), version == null ? "HTTP/1.1" : version.toString(), body);
    if (details == null) {
      withoutBody = shown;
      callback.completed(true);
    } else {
      end = callback;
      head.complete(shown);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    body.capacity(channel);
  }

  @Override
  public void consume(ByteBuffer part) {
    body.add(part);
  }

  @Override
  public void streamEnd(@Nullable List<? extends Header> trailers) {
    FutureCallback<Boolean> callback = end;
    if (callback != null) {
      callback.completed(true);
    }
  }

  @Override
  public void releaseResources() {}

  @Override
  public void failed(Exception cause) {
    head.completeExceptionally(cause);
    body.fail(cause);
  }

  @Override
  public void completed(Boolean result) {}

  @Override
  public void cancelled() {
    failed(new CancellationException());
  }
}
