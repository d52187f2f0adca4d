package io.httptrace.conformance.guide;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.OpenClient;
import java.io.IOException;

/** The client of the guide, as the scenarios see it. */
final class PlainClientUnderTest implements ClientUnderTest {
  // @start region="open"
  @Override
  public String name() {
    return "Plain";
  }

  @Override
  public OpenClient open(ClientSettings settings) {
    PlainClient client = new PlainClient();
    PlainAdapter adapter = new PlainAdapter(client);
    return new OpenClient() {
      @Override
      public ClientCall newCall(ClientRequest request) {
        return new Call(adapter, request);
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }

  // @end

  // @start region="call"
  private record Call(PlainAdapter adapter, ClientRequest request) implements ClientCall {
    @Override
    public ClientResponse send() throws IOException {
      PlainClient.Response response = adapter.get(request.uri(), request.trace());
      return new ClientResponse(response.status(), "HTTP/1.1", response.body());
    }

    @Override
    public void cancel() {
      throw new UnsupportedOperationException("it lacks CANCEL");
    }
  }

  // @end

  // @start region="claims"
  @Override
  public HookSupport support() {
    return PlainTracing.SUPPORT;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.only("it has one connection and no settings", Capability.RETRY);
  }
  // @end
}
