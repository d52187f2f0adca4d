package io.httptrace.apache;

import io.httptrace.HookSupport;
import io.httptrace.RoundTripOutcome;
import java.io.IOException;
import org.apache.hc.client5.http.EndpointInfo;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * What the execution chain does with the connection of one traced call. Used by the thread of the
 * call, and then by the one that reads the response's body.
 */
final class ClassicExecRuntime implements ExecRuntime {
  private final ExecRuntime runtime;
  private final ApacheCall call;
  private final ClassicTracing tracing;

  private @Nullable ClassicEndpoint endpoint;
  private boolean returned;
  private boolean givenUp;

  /**
   * Makes one.
   *
   * @param runtime does it
   * @param call the call
   * @param tracing traces it
   */
  ClassicExecRuntime(ExecRuntime runtime, ApacheCall call, ClassicTracing tracing) {
    this.runtime = runtime;
    this.call = call;
    this.tracing = tracing;
  }

  boolean isOf(ClassicTracing other) {
    return tracing == other;
  }

  ApacheCall call() {
    return call;
  }

  // ---- What the interceptors see

  void begin(HttpRequest request, HttpRoute route, HookSupport support) {
    givenUp = false;
    call.begin(request, route, support);
  }

  /** The connection is ready for the request. */
  void connected(HttpClientContext context) throws IOException, HttpException {
    ClassicEndpoint leased = endpoint;
    if (leased != null) {
      leased.connected(context);
    }
  }

  /** A round trip has a response. It may be that of a proxy that has refused the tunnel. */
  void responded(ClassicHttpResponse response) {
    ApacheRoundTrip last = call.current();
    if (last != null && last.status() == 0) {
      ApacheDial dial = last.dial();
      if (dial != null) {
        dial.tunnelOver();
      }
      ProtocolVersion version = response.getVersion();
      last.gotResponse(response, version == null ? "HTTP/1.1" : version.toString());
    }
  }

  void failed(Throwable error) {
    call.failed(error, isExecutionAborted());
  }

  /** The application gets the response. */
  void returned() {
    returned = true;
    ApacheRoundTrip last = call.current();
    if (last != null && (givenUp || !runtime.isEndpointAcquired())) {
      last.done(RoundTripOutcome.COMPLETED, null);
    }
    if (last == null || last.isDone()) {
      call.over();
    }
  }

  private void ended(RoundTripOutcome outcome, @Nullable Throwable error) {
    ApacheRoundTrip last = call.current();
    if (last != null) {
      last.done(outcome, error);
      if (returned) {
        call.over();
      }
    }
  }

  // ---- Getting a connection

  @Override
  public boolean isExecutionAborted() {
    return runtime.isExecutionAborted();
  }

  @Override
  public boolean isEndpointAcquired() {
    return runtime.isEndpointAcquired();
  }

  @Override
  public void acquireEndpoint(String id, HttpRoute route, Object state, HttpClientContext context)
      throws IOException {
    tracing.lease(this, () -> runtime.acquireEndpoint(id, route, state, context));
    if (endpoint == null) {
      tracing.managerIsNotUsed();
    }
  }

  /** The connection manager has an endpoint for the call. */
  void leased(ClassicEndpoint leased) {
    endpoint = leased;
  }

  @Override
  public boolean isEndpointConnected() {
    return runtime.isEndpointConnected();
  }

  @Override
  public void connectEndpoint(HttpClientContext context) throws IOException {
    boolean connected = runtime.isEndpointConnected();
    runtime.connectEndpoint(context);
    ApacheRoundTrip last = call.current();
    if (!connected && last != null && last.dial() == null) {
      tracing.operatorIsNotUsed();
    }
  }

  @Override
  public void disconnectEndpoint() throws IOException {
    runtime.disconnectEndpoint();
  }

  @Override
  public void upgradeTls(HttpClientContext context) throws IOException {
    runtime.upgradeTls(context);
  }

  @Override
  public EndpointInfo getEndpointInfo() {
    return runtime.getEndpointInfo();
  }

  // ---- Using it

  @Override
  public ClassicHttpResponse execute(
      String id, ClassicHttpRequest request, HttpClientContext context)
      throws IOException, HttpException {
    return runtime.execute(id, request, context);
  }

  @Override
  public ClassicHttpResponse execute(
      String id,
      ClassicHttpRequest request,
      HttpResponseInformationCallback informationCallback,
      HttpClientContext context)
      throws IOException, HttpException {
    return runtime.execute(id, request, informationCallback, context);
  }

  @Override
  public boolean isConnectionReusable() {
    return runtime.isConnectionReusable();
  }

  @Override
  public void markConnectionReusable(Object state, TimeValue validityTime) {
    runtime.markConnectionReusable(state, validityTime);
  }

  @Override
  public void markConnectionNonReusable() {
    runtime.markConnectionNonReusable();
  }

  // ---- Giving it back

  @Override
  public void releaseEndpoint() {
    ApacheRoundTrip last = call.current();
    try {
      runtime.releaseEndpoint();
    } finally {
      endpoint = null;
      Throwable error = last == null ? null : last.error();
      ended(
          error == null ? RoundTripOutcome.COMPLETED : ApacheCall.outcomeOf(error, aborted()),
          error);
    }
  }

  @Override
  public void discardEndpoint() {
    try {
      runtime.discardEndpoint();
    } finally {
      endpoint = null;
      if (returned) {
        discarded();
      } else {
        givenUp = true; // Who throws what comes behind this, and tells the error.
      }
    }
  }

  private void discarded() {
    ApacheRoundTrip last = call.current();
    Throwable error = last == null ? null : last.error();
    if (error != null) {
      ended(ApacheCall.outcomeOf(error, aborted()), error);
    } else if (last != null && last.hasWholeBody()) {
      ended(RoundTripOutcome.COMPLETED, null);
    } else {
      ended(aborted() ? RoundTripOutcome.CANCELLED : RoundTripOutcome.ABANDONED, null);
    }
  }

  private boolean aborted() {
    return runtime.isExecutionAborted();
  }

  /** {@return one that is not traced: it is for what goes on behind the call} */
  @Override
  public ExecRuntime fork(CancellableDependency cancellableAware) {
    return runtime.fork(cancellableAware);
  }
}
