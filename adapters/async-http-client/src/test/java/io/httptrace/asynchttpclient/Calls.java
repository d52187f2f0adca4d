package io.httptrace.asynchttpclient;

import io.httptrace.ClientTrace;
import java.util.concurrent.ExecutionException;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Request;
import org.asynchttpclient.RequestBuilder;
import org.asynchttpclient.Response;
import org.jspecify.annotations.Nullable;

/** Sends requests for tests. */
final class Calls {
  private Calls() {}

  /** Gives the response as it is. */
  static final class Whole extends AsyncCompletionHandler<Response> {
    @Override
    public @Nullable Response onCompleted(@Nullable Response response) {
      return response;
    }
  }

  static Request get(String url) {
    return new RequestBuilder("GET").setUrl(url).build();
  }

  static Response send(AsyncHttpClient client, String url) throws Exception {
    return client.executeRequest(get(url)).get();
  }

  static Response send(AsyncHttpClient client, String url, ClientTrace trace) throws Exception {
    return send(client, get(url), trace);
  }

  /** {@return the response} The last hooks of a failure may come after this has thrown. */
  static Response send(AsyncHttpClient client, Request request, ClientTrace trace)
      throws Exception {
    return send(client, request, AsyncHttpClientTracing.traced(new Whole(), trace));
  }

  static Response send(AsyncHttpClient client, Request request, AsyncHandler<Response> handler)
      throws Exception {
    try {
      return client.executeRequest(request, handler).get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
