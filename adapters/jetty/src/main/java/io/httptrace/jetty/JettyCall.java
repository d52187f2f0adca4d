package io.httptrace.jetty;

import io.httptrace.Hook;
import io.httptrace.adapter.CallHooks;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A call that somebody listens to, with all its round trips. Jetty's conversation keeps it: that is
 * the same for a request and for those that follow from its response.
 *
 * <p>What happens is noted under the lock of this object, which orders the hooks too; they are
 * called when it has been released.
 */
final class JettyCall {
  private static final String ATTRIBUTE = JettyCall.class.getName();

  private final JettyInstallation installation;
  private final CallHooks hooks;
  private final JettyHookQueue queue;

  // Guarded by this.
  private int count;
  private @Nullable JettyRoundTrip current;
  private boolean ended;

  private JettyCall(JettyInstallation installation, CallHooks hooks, Executor executor) {
    this.installation = installation;
    this.hooks = hooks;
    this.queue = new JettyHookQueue(executor, !hooks.nonBlocking());
  }

  /** Makes one, and has it kept. */
  static JettyCall begin(JettyInstallation installation, CallHooks hooks, HttpRequest request) {
    JettyCall call = new JettyCall(installation, hooks, installation.client().getExecutor());
    request.getConversation().setAttribute(ATTRIBUTE, call);
    // In most cases another listener is faster; see JettyResponseEvents.
    request.getResponseListeners().addCompleteListener(call::completed, false);
    return call;
  }

  /** {@return the call of a request; null if it is not traced} */
  static @Nullable JettyCall of(Request request) {
    return request instanceof HttpRequest http
        ? (JettyCall) http.getConversation().getAttribute(ATTRIBUTE)
        : null;
  }

  /** {@return the round trip of a request that is under way; null if there is none} */
  static @Nullable JettyRoundTrip roundTripOf(Request request) {
    JettyCall call = of(request);
    return call == null ? null : call.roundTrip(request);
  }

  private synchronized @Nullable JettyRoundTrip roundTrip(Request request) {
    JettyRoundTrip running = current;
    return running != null && running.request() == request ? running : null;
  }

  JettyInstallation installation() {
    return installation;
  }

  /** Begins a round trip, unless it has begun: Jetty may queue a request again. */
  void queued(HttpExchange exchange) {
    note(
        () -> {
          JettyRoundTrip before = current;
          if (before == null || before.request() != exchange.getRequest()) {
            JettyRoundTrip begun = new JettyRoundTrip(this, ++count, exchange);
            current = begun;
            begun.start(before);
          }
        });
  }

  /** Notes something that has happened, and calls the hooks that are due. */
  void note(Runnable change) {
    synchronized (this) {
      change.run();
    }
    queue.run();
  }

  /** Adds a hook, in {@link #note}. */
  void add(Hook hook, long at, int roundTrip, long connection, CallHooks.HookCall call) {
    queue.add(() -> hooks.fire(hook, at, roundTrip, connection, call));
  }

  /** Adds {@code got1xxResponse}, in {@link #note}. The round trip is told if it throws. */
  void add1xx(long at, JettyRoundTrip roundTrip, long connection, CallHooks.HookCall call) {
    queue.add(
        () -> {
          try {
            hooks.fireOrThrow(at, roundTrip.number(), connection, call);
          } catch (Throwable thrown) {
            roundTrip.vetoed(thrown);
          }
        });
  }

  /** Adds a call of the application's listeners, in {@link #note}. */
  void addOfApplication(Runnable listeners) {
    queue.addOfApplication(listeners);
  }

  /** Adds the end of the call, in {@link #note}, unless it has ended. */
  void addEnd() {
    if (!ended) {
      ended = true;
      queue.add(hooks::end);
    }
  }

  /** The application has been told that its request is complete, if not all of this was noted. */
  private void completed(Result result) {
    note(
        () -> {
          JettyRoundTrip last = current;
          if (last != null) {
            last.addDone(result);
          }
          addEnd();
        });
  }
}
