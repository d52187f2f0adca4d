package io.httptrace.conformance.golden;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client does in a scenario.
 *
 * @param urls the servers by name, as URLs
 * @param ports the names of the servers
 * @param dnsServer where the reference implementation's names were looked up; not used here
 * @param dns the names, or null if none are needed
 * @param config the settings of the client
 * @param steps what to do, one step after the other
 * @param settleMs how long the reference implementation waited for late events; not used here
 */
public record Plan(
    Map<String, String> urls,
    Map<String, Integer> ports,
    @Nullable String dnsServer,
    @Nullable Map<String, Name> dns,
    Config config,
    List<Step> steps,
    int settleMs) {

  /** {@return all requests, in the order of the plan} */
  public Stream<PlannedRequest> requests() {
    return steps.stream().flatMap(Step::requests);
  }

  /**
   * How a name is looked up.
   *
   * @param addrs its addresses
   * @param result null, {@code nxdomain}, {@code servfail}, or {@code timeout} for no answer
   * @param delaysMs how much later each lookup is answered; 0 for at once
   */
  public record Name(List<String> addrs, @Nullable String result, List<Integer> delaysMs) {
    /** Takes what is missing for empty. */
    public Name {
      addrs = GoldenRecording.orEmpty(addrs);
      delaysMs = GoldenRecording.orEmpty(delaysMs);
    }
  }

  /**
   * The settings of the client; null for those that are left at their default.
   *
   * @param dialTimeoutMs the time limit for lookup and connect
   * @param fallbackDelayMs after what time the other address family starts
   * @param expectContinueTimeoutMs the limit of the wait for 100
   * @param tlsHandshakeTimeoutMs the time limit for a handshake
   * @param responseHeaderTimeoutMs the time limit for the head of the response
   * @param idleConnTimeoutMs after what time idle connections are closed
   * @param maxIdleConns the limit for idle connections
   * @param maxIdleConnsPerHost the limit for idle connections per host
   * @param maxConnsPerHost the limit for connections per host
   * @param maxResponseHeaderBytes the limit for the head of a response
   * @param disableKeepAlives whether keep-alive is off
   * @param insecure whether certificates are not checked
   * @param tlsSessionCache whether sessions are resumed
   * @param http2 whether HTTP/2 is allowed
   * @param redirects {@code follow} if redirects are followed
   * @param caPem stands for the trusted authority
   * @param proxy the proxy
   */
  public record Config(
      @Nullable Integer dialTimeoutMs,
      @Nullable Integer fallbackDelayMs,
      @Nullable Integer expectContinueTimeoutMs,
      @Nullable Integer tlsHandshakeTimeoutMs,
      @Nullable Integer responseHeaderTimeoutMs,
      @Nullable Integer idleConnTimeoutMs,
      @Nullable Integer maxIdleConns,
      @Nullable Integer maxIdleConnsPerHost,
      @Nullable Integer maxConnsPerHost,
      @Nullable Integer maxResponseHeaderBytes,
      boolean disableKeepAlives,
      boolean insecure,
      boolean tlsSessionCache,
      boolean http2,
      @Nullable String redirects,
      @Nullable String caPem,
      @Nullable String proxy) {}

  /**
   * One step: exactly one of request, parallel, sleepMs and closeIdleConnections.
   *
   * @param request a request
   * @param parallel steps that run at the same time
   * @param delayMs how much later than the other parallel steps this one begins, or null
   * @param sleepMs how long to wait
   * @param closeIdleConnections whether to close the idle connections
   */
  public record Step(
      @Nullable PlannedRequest request,
      @Nullable List<Step> parallel,
      @Nullable Integer delayMs,
      @Nullable Integer sleepMs,
      boolean closeIdleConnections) {

    /** {@return the request of this step, or those of the steps in it} */
    public Stream<PlannedRequest> requests() {
      if (parallel != null) {
        return parallel.stream().flatMap(Step::requests);
      }
      return Stream.ofNullable(request);
    }
  }

  /**
   * A request.
   *
   * @param id its name
   * @param method its method
   * @param url its target; {@code {port:name}} stands for the port of a server
   * @param headers the fields, each as name and value
   * @param body its body, or null
   * @param expectContinue whether it asks for 100
   * @param timeoutMs its time limit, or null
   * @param cancelAfterMs when it is cancelled, or null
   * @param cancelAtEvent in which hook it is cancelled, or null
   * @param got1xxError which call of got1xxResponse fails, or null
   * @param readBody how the body of the response is read
   * @param traces how many traces it has
   */
  public record PlannedRequest(
      String id,
      String method,
      String url,
      List<List<String>> headers,
      @Nullable PlannedBody body,
      boolean expectContinue,
      @Nullable Integer timeoutMs,
      @Nullable Integer cancelAfterMs,
      @Nullable HookCall cancelAtEvent,
      @Nullable HookCall got1xxError,
      ReadBody readBody,
      int traces) {
    /** Takes what is missing for empty. */
    public PlannedRequest {
      headers = GoldenRecording.orEmpty(headers);
    }

    /**
     * {@return the same request with another time limit, if it has one}
     *
     * @param limit the limit
     */
    public PlannedRequest withTimeout(Duration limit) {
      return timeoutMs == null
          ? this
          : new PlannedRequest(
              id,
              method,
              url,
              headers,
              body,
              expectContinue,
              (int) limit.toMillis(),
              cancelAfterMs,
              cancelAtEvent,
              got1xxError,
              readBody,
              traces);
    }
  }

  /**
   * The body of a request: either text, or arbitrary bytes.
   *
   * @param text the text, or null
   * @param size the number of bytes if there is no text
   * @param length {@code known} or {@code unknown}
   * @param replayable whether it can be sent again
   * @param pauseAfter after how many bytes it pauses, or null
   * @param pauseMs how long it paused in the reference implementation
   * @param failAfter after how many bytes it fails, or null
   */
  public record PlannedBody(
      @Nullable String text,
      int size,
      String length,
      boolean replayable,
      @Nullable Integer pauseAfter,
      @Nullable Integer pauseMs,
      @Nullable Integer failAfter) {}

  /**
   * A call of a hook.
   *
   * @param event the hook, or null if the context says which
   * @param nth which of its calls, from 1
   * @param trace in which trace, from 1; 0 if there is one only
   */
  public record HookCall(@Nullable String event, int nth, int trace) {}

  /**
   * How the body of a response is read.
   *
   * @param mode {@code all}, {@code none}, or {@code bytes}
   * @param n how many bytes
   */
  public record ReadBody(String mode, int n) {}
}
