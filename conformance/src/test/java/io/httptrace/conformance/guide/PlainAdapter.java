package io.httptrace.conformance.guide;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.ClientTraces;
import io.httptrace.adapter.KnownConnections;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An adapter: traces the calls of a {@link PlainClient}. */
final class PlainAdapter {
  private final PlainClient client;

  PlainAdapter(PlainClient client) {
    this.client = client;
  }

  // @start region="find"
  private final ClientTraces<URI> traces = ClientTraces.create(PlainAdapter.class);
  private final KnownConnections<Socket> connections = new KnownConnections<>();

  PlainClient.Response get(URI uri, @Nullable ClientTrace own) throws IOException {
    CallHooks hooks = traces.hooks(uri, own, TraceContext.current().clientTrace());
    return client.get(uri, hooks == null ? null : new PlainTracing(hooks, connections, uri));
  }
  // @end
}
