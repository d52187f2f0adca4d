package io.httptrace.conformance.guide;

import io.httptrace.HookSupport;
import io.httptrace.conformance.Capabilities;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.ClientCall;
import io.httptrace.conformance.ClientRequest;
import io.httptrace.conformance.ClientResponse;
import io.httptrace.conformance.ClientSettings;
import io.httptrace.conformance.ClientUnderTest;
import io.httptrace.conformance.HookArgument;
import io.httptrace.conformance.MaskedArgument;
import io.httptrace.conformance.OpenClient;
import java.io.IOException;
import java.util.List;

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
    return new OpenClient() {
      @Override
      public ClientCall newCall(ClientRequest request) {
        return new Call(client, request);
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }

  // @end

  // @start region="call"
  private record Call(PlainClient client, ClientRequest request) implements ClientCall {
    @Override
    public ClientResponse send() throws IOException {
      PlainTracing tracing = new PlainTracing(request.trace(), request.uri());
      PlainClient.Response response = client.get(request.uri(), tracing);
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
  public List<MaskedArgument> maskedArguments() {
    return List.of(
        MaskedArgument.of(
            HookArgument.GOT_CONN_IDLE_TIME, "the client does not say since when it is idle"));
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.only("it has one connection and no settings", Capability.RETRY);
  }
  // @end
}
