package io.httptrace.jetty;

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
import io.httptrace.conformance.error.ErrorClassifier;
import io.httptrace.conformance.time.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;

/** Jetty's client with the adapter, as the scenarios see it. */
final class JettyUnderTest implements ClientUnderTest {
  @Override
  public String name() {
    return "Jetty";
  }

  @Override
  public HookSupport support() {
    return JettyTracing.hookSupport();
  }

  @Override
  public HookSupport supportOverHttp2() {
    return JettyTracing.hookSupportOverHttp2();
  }

  @Override
  public Capabilities capabilities() {
    return JettyDifferences.capabilities();
  }

  @Override
  public List<MaskedArgument> maskedArguments() {
    return JettyDifferences.maskedArguments();
  }

  @Override
  public List<Deviation> deviations() {
    return JettyDifferences.deviations();
  }

  @Override
  public ErrorClassifier errors() {
    return JettyErrors.CLASSIFIER.orElse(ErrorClassifier.standard());
  }

  @Override
  public OpenClient open(ClientSettings settings) throws Exception {
    HttpClient client = JettySettings.client(settings);
    JettyTracing.create().install(client).start();
    if (!settings.compression()) {
      client.getContentDecoderFactories().clear();
    }
    return new Open(client, settings);
  }

  private record Open(HttpClient client, ClientSettings settings) implements OpenClient {
    @Override
    public ClientCall newCall(ClientRequest planned) {
      Request request =
          client
              .newRequest(planned.uri())
              .method(planned.method())
              .attribute(JettyTracing.CLIENT_TRACE, planned.trace());
      request.headers(
          fields -> {
            for (ClientRequest.Header header : planned.headers()) {
              if (header.name().equalsIgnoreCase(HttpHeader.USER_AGENT.asString())) {
                fields.put(header.name(), header.value());
              } else {
                fields.add(header.name(), header.value());
              }
            }
            if (planned.expectContinue()) {
              fields.put(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE);
            }
            if (!settings.keepAlive()) {
              fields.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            }
          });
      if (planned.body() != null) {
        request.body(new Body(planned.body()));
      }
      if (planned.timeout() != null) {
        request.timeout(planned.timeout().toMillis(), TimeUnit.MILLISECONDS);
      }
      if (settings.responseHeaderTimeout() != null) {
        request.idleTimeout(settings.responseHeaderTimeout().toMillis(), TimeUnit.MILLISECONDS);
      } else if (settings.idleConnectionTimeout() != null) {
        // Without it the limit for idle connections holds while a request uses one, too.
        request.idleTimeout(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
      return new Sent(request);
    }

    @Override
    public void closeIdleConnections() {
      for (Destination destination : client.getDestinations()) {
        HttpDestination pooled = (HttpDestination) destination;
        Connection idle = pooled.getConnectionPool().acquire(false);
        while (idle != null) {
          idle.close();
          idle = pooled.getConnectionPool().acquire(false);
        }
      }
    }

    @Override
    public void close() throws IOException {
      try {
        client.stop();
      } catch (Exception failed) {
        throw new IOException(failed);
      }
    }
  }

  private record Sent(Request request) implements ClientCall {
    @Override
    public ClientResponse send() throws Exception {
      InputStreamResponseListener listener = new InputStreamResponseListener();
      request.send(listener);
      Response response = listener.get(Waiting.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      String protocol =
          response.getVersion() == HttpVersion.HTTP_2
              ? "HTTP/2.0"
              : response.getVersion().asString();
      return new ClientResponse(response.getStatus(), protocol, listener.getInputStream());
    }

    @Override
    public void cancel() {
      request.abort(new CancellationException("cancelled"));
    }
  }

  private static final class Body extends InputStreamRequestContent {
    private final io.httptrace.conformance.body.RequestBody body;

    Body(io.httptrace.conformance.body.RequestBody body) {
      super(null, body.open(), new ByteBufferPool.Sized(null, false, 1024));
      this.body = body;
    }

    @Override
    public long getLength() {
      return body.length();
    }
  }
}
