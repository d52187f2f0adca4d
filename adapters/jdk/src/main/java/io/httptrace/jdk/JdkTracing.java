package io.httptrace.jdk;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import io.httptrace.HookSupport;
import io.httptrace.timeline.Timeline;
import java.lang.instrument.Instrumentation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Traces the JDK's own {@link java.net.http.HttpClient}, every client of the JVM.
 *
 * <p>The jar of this artifact with the classifier {@code agent} does it, with {@code -javaagent} or
 * loaded into a JVM that runs already. Then the client calls the hooks of the requests made by
 * {@link #traced}, of other {@linkplain io.httptrace.timeline.TraceCarrier carriers}, such as those
 * of httptrace's own client, of the {@link io.httptrace.TraceContext} that is current where a
 * request is sent, and of what {@link #clientTrace} has set; they are called in this order. A
 * request that nobody traces costs no allocation and no clock.
 *
 * <p>Hooks run on threads of the client's executor or, for {@code send}, on the caller's; never on
 * the selector's. A hook that blocks holds up its request. What it throws is logged, once for each
 * hook of a trace; only {@code got1xxResponse} can abort its request.
 */
public final class JdkTracing implements AutoCloseable {
  private static final Object LOCK = new Object();

  // Guarded by LOCK.
  private static @Nullable JdkTracing installed;

  private final Installation installation;

  private JdkTracing(Installation installation) {
    this.installation = installation;
  }

  /**
   * Called by the JVM with {@code -javaagent}.
   *
   * @param arguments not used
   * @param instrumentation changes the classes of the client
   */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    install(instrumentation);
  }

  /**
   * Called by the JVM when the agent is loaded into one that runs.
   *
   * @param arguments not used
   * @param instrumentation changes the classes of the client
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    install(instrumentation);
  }

  /**
   * Puts the hooks into the client, for agents that have this class inside. Without effect if it
   * has been done.
   *
   * @param instrumentation must be able to retransform classes
   * @return what has been installed
   * @throws IllegalStateException if the client cannot be traced at all, or another agent with its
   *     own copy of this class does it
   */
  public static JdkTracing install(Instrumentation instrumentation) {
    return install(requireNonNull(instrumentation, "instrumentation"), HookPoints.all());
  }

  static JdkTracing install(Instrumentation instrumentation, List<HookPoint> points) {
    synchronized (LOCK) {
      JdkTracing known = installed;
      if (known == null) {
        known = new JdkTracing(new Installation(instrumentation, points));
        installed = known;
      }
      return known;
    }
  }

  /** {@return what has been installed in this JVM; empty if there is no agent} */
  public static Optional<JdkTracing> installed() {
    synchronized (LOCK) {
      return Optional.ofNullable(installed);
    }
  }

  /**
   * {@return a request like the given one, with a trace} If the given one has a trace already, both
   * are called, the new one first. Without the agent the JDK's client sends it like the given one.
   *
   * @param request the request
   * @param trace the trace
   */
  public static HttpRequest traced(HttpRequest request, ClientTrace trace) {
    requireNonNull(request, "request");
    requireNonNull(trace, "trace");
    return CarrierRequest.of(request).with(trace);
  }

  /**
   * {@return a request like the given one, with a consumer that gets the timeline when a call that
   * sends it is over: when the caller has the response, and its body has ended} Consumers and
   * traces that the given one has already are kept. It is called on a thread of the client's
   * executor.
   *
   * @param request the request
   * @param consumer gets the timeline; its exceptions are logged
   */
  public static HttpRequest onTimeline(HttpRequest request, Consumer<? super Timeline> consumer) {
    requireNonNull(request, "request");
    requireNonNull(consumer, "consumer");
    return CarrierRequest.of(request).with(consumer);
  }

  /**
   * {@return a client that tells what can be seen without the agent} That is {@code
   * roundTripStart}, {@code getConn}, {@code gotResponse} and {@code roundTripDone}, once for each
   * call; {@link io.httptrace.RoundTripStartInfo#hookSupport()} says so. If the agent is there, it
   * sends each request as the given client does. The given one is to be closed itself.
   *
   * @param client the client
   */
  public static HttpClient wrap(HttpClient client) {
    return new UnaidedClient(requireNonNull(client, "client"));
  }

  /**
   * Sets a trace for all requests of the JDK's clients in this JVM, in addition to their own.
   *
   * @param traces is called with each request as it is sent, on the thread that sends it, and
   *     returns its trace, or null for none; null to trace no more. What it throws is logged.
   */
  public void clientTrace(
      @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> traces) {
    installation.all(traces);
  }

  /** {@return how well each hook is called on this JDK} */
  public HookSupport hookSupport() {
    return installation.support();
  }

  Instrumentation instrumentation() {
    return installation.instrumentation();
  }

  int remembered() {
    return installation.remembered();
  }

  /**
   * Takes the hooks out: the classes of the client are again as they were. Requests under way call
   * no more hooks.
   */
  @Override
  public void close() {
    synchronized (LOCK) {
      if (installed == this) {
        installed = null;
        installation.remove();
      }
    }
  }
}
