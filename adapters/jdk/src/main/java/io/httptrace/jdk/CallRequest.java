package io.httptrace.jdk;

import java.net.http.HttpRequest;

/**
 * What the JDK's client keeps as the request of its user, in place of that request, which it has
 * copied by then: so each of its objects leads to the call that it belongs to.
 */
final class CallRequest extends DelegatingRequest {
  private final JdkCall call;

  CallRequest(HttpRequest request, JdkCall call) {
    super(request);
    this.call = call;
  }

  JdkCall call() {
    return call;
  }
}
