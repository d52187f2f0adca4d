package io.httptrace.reactornetty;

import io.httptrace.ClientTrace;
import io.httptrace.TraceContext;
import io.httptrace.adapter.ClientTraces;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientConfig;
import reactor.util.context.Context;

/** A request that is sent each time it is subscribed to: that is a call, and may be traced. */
final class ReactorTracedConnect extends Mono<Connection> {
  private final Mono<? extends Connection> source;
  private final ClientTraces<HttpClientConfig> traces;
  private final boolean all;

  /**
   * Makes one.
   *
   * @param source sends the request
   * @param traces where the traces come from
   * @param all whether any call may have a trace, not only one that brings it
   */
  ReactorTracedConnect(
      Mono<? extends Connection> source, ClientTraces<HttpClientConfig> traces, boolean all) {
    this.source = source;
    this.traces = traces;
    this.all = all;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Connection> actual) {
    Context context = actual.currentContext();
    ReactorCall outer = ReactorCall.in(context);
    if (outer != null && ReactorCall.starting() == outer) {
      source.subscribe(actual); // installed twice: the one installed last does it
      return;
    }
    ClientTrace own = context.getOrDefault(ClientTrace.class, null);
    ClientTrace sentIn = TraceContext.current().clientTrace();
    if (own != null || sentIn != null || all) {
      new ReactorCall(traces, own, sentIn).send(source, actual);
    } else if (outer != null) {
      // Sent while another call reads its response: the context is that of the other.
      source.subscribe(new ReactorCallSubscriber(actual, null));
    } else {
      source.subscribe(actual);
    }
  }
}
