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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Traces the JDK's own {@link java.net.http.HttpClient}, every client of the JVM.
 *
 * <p>The jar of this artifact with the classifier {@code agent} does it, with {@code -javaagent} or
 * loaded into a JVM that runs already. Then a call is traced if any of these has a trace. All that
 * have one are called, in this order, and the same trace only once:
 *
 * <ol>
 *   <li>its request: one made by {@link #traced}, or another {@linkplain
 *       io.httptrace.timeline.TraceCarrier carrier}, such as those of httptrace's own client
 *   <li>the {@link io.httptrace.TraceContext} that is current where the request is sent
 *   <li>{@link #clientTrace}
 *   <li>the recorder behind {@link #onTimeline(Consumer)} and {@link #onTimeline(HttpRequest,
 *       Consumer)}
 * </ol>
 *
 * <p><b>Threads.</b> Hooks run on threads of the client's executor, or on the one that cancels a
 * call; on that of the client's selector only if all traces of the call are {@linkplain
 * ClientTrace#nonBlocking() non-blocking}. A hook that blocks holds up its call and no other. No
 * lock of this class is held. What a hook throws is logged, once for each hook of a trace; only
 * {@link ClientTrace#got1xxResponse} can abort its request. All methods may be called by several
 * threads at a time.
 *
 * <p><b>What cannot be observed</b> is in {@link #hookSupport()}, and in each {@linkplain
 * Timeline#hookSupport() timeline}. Calls that are under way when this is installed are not traced,
 * nor are promises that a server pushes.
 *
 * <p>Without a trace a call costs no allocation and no reading of a clock.
 */
public final class JdkTracing implements AutoCloseable {
  private static final Object LOCK = new Object();

  /** Written with {@link #LOCK} held; null if there are no hooks in the client. */
  private static volatile @Nullable Installation installation;

  private final Installation hooks;
  private final AtomicBoolean tracesLogged = new AtomicBoolean();
  private final AtomicBoolean timelinesLogged = new AtomicBoolean();
  private volatile @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> traces;
  private volatile @Nullable Consumer<? super Timeline> timelines;

  private JdkTracing(Installation hooks) {
    this.hooks = hooks;
  }

  /**
   * Called by the JVM with {@code -javaagent}, before the program: {@linkplain #install installs}
   * one. A JVM whose client cannot be traced starts all the same; the log says why it is not.
   *
   * @param arguments not used
   * @param instrumentation changes the classes of the client
   */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      agentmain(arguments, instrumentation);
    } catch (IllegalStateException | LinkageError untraced) {
      Problems.log("the JDK's client is not traced", untraced);
    }
  }

  /**
   * Called by the JVM when the agent is loaded into one that runs: {@linkplain #install installs}
   * one, unless one is there.
   *
   * @param arguments not used
   * @param instrumentation changes the classes of the client
   * @throws IllegalStateException as {@link #install} does; who loads the agent sees it
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    if (installed().isEmpty()) {
      install(instrumentation);
    }
  }

  /**
   * Puts the hooks into the JDK's client, if they are not there yet. The agent's jar does that by
   * itself; this is for agents that have this class inside.
   *
   * @param instrumentation must be able to retransform classes
   * @return a new one, with nothing set. The hooks stay until all that are open are closed.
   * @throws IllegalStateException if the client cannot be traced at all, or another copy of this
   *     class, of another class loader, does it
   */
  public static JdkTracing install(Instrumentation instrumentation) {
    return install(requireNonNull(instrumentation, "instrumentation"), HookPoints.all());
  }

  static JdkTracing install(Instrumentation instrumentation, List<HookPoint> points) {
    synchronized (LOCK) {
      Installation known = installation;
      if (known == null) {
        known = new Installation(instrumentation, points);
      }
      JdkTracing made = new JdkTracing(known);
      known.listeners().add(made);
      installation = known;
      return made;
    }
  }

  /**
   * {@return the first that is open in this JVM, as the agent's jar has made it; empty if there is
   * no agent}
   */
  public static Optional<JdkTracing> installed() {
    Installation known = installation;
    return known == null ? Optional.empty() : known.listeners().first();
  }

  static boolean isInstalled() {
    return installation != null;
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
   * traces that the given one has already are kept.
   *
   * @param request the request
   * @param consumer gets the timeline, on a thread of the client's executor; its exceptions are
   *     logged
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
   * Sets a trace for all requests that the JDK's clients in this JVM send from now on, in addition
   * to their own. It replaces one set before; those of others that are open stay.
   *
   * @param trace is called with each request as it is sent, on the thread that sends it, and
   *     returns its trace, or null for none; null to trace no more. Its first exception is logged.
   */
  public void clientTrace(
      @Nullable Function<? super HttpRequest, ? extends @Nullable ClientTrace> trace) {
    this.traces = trace;
  }

  /**
   * Sets who gets the timelines of all calls that the JDK's clients in this JVM make from now on:
   * one for each call, when the caller has the response, and its body has ended, or when the call
   * has failed. It replaces a consumer set before; those of others that are open stay.
   *
   * @param consumer gets the timelines, several at a time if calls end at the same time, on threads
   *     of the clients' executors; null for none. Its first exception is logged.
   */
  public void onTimeline(@Nullable Consumer<? super Timeline> consumer) {
    this.timelines = consumer;
  }

  /** {@return how well each hook is called on this JDK} */
  public HookSupport hookSupport() {
    return hooks.support();
  }

  /** {@return its trace of a request, or null} Never throws. */
  @Nullable ClientTrace traceOf(HttpRequest request) {
    Function<? super HttpRequest, ? extends @Nullable ClientTrace> known = traces;
    try {
      return known == null ? null : known.apply(request);
    } catch (Throwable thrown) {
      logOnce(tracesLogged, "the function of traces", thrown);
      return null;
    }
  }

  boolean wantsTimelines() {
    return timelines != null;
  }

  /** Passes a timeline on. Never throws. */
  void pass(Timeline timeline) {
    Consumer<? super Timeline> known = timelines;
    try {
      if (known != null) {
        known.accept(timeline);
      }
    } catch (Throwable thrown) {
      logOnce(timelinesLogged, "the consumer of timelines", thrown);
    }
  }

  private static void logOnce(AtomicBoolean logged, String what, Throwable thrown) {
    if (logged.compareAndSet(false, true)) {
      Problems.log(what + " of all requests threw; logged once only", thrown);
    }
  }

  Installation installation() {
    return hooks;
  }

  /**
   * Forgets what has been set. If no other one is open, this also takes the hooks out: the classes
   * of the client are again as they were, and calls under way call no more hooks and have no
   * timeline. Without effect the second time.
   */
  @Override
  public void close() {
    traces = null;
    timelines = null;
    synchronized (LOCK) {
      if (hooks.listeners().remove(this) && installation == hooks) {
        installation = null;
        hooks.remove();
      }
    }
  }

  /** {@return whether it is open, and what is set} */
  @Override
  public String toString() {
    return "JdkTracing["
        + (hooks.listeners().has(this) ? "open" : "closed")
        + (traces == null ? "" : " clientTrace")
        + (timelines == null ? "" : " onTimeline")
        + "]";
  }
}
