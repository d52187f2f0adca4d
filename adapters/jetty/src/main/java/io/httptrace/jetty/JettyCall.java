package io.httptrace.jetty;

import static java.util.Objects.requireNonNull;

import io.httptrace.Hook;
import io.httptrace.adapter.CallHooks;
import io.httptrace.adapter.SafeLog;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A call, with all its round trips. Jetty's conversation keeps it: that is the same for a request
 * and for those that follow from its response.
 *
 * <p>Jetty says that a request is queued, on the thread that sends it, when another thread may have
 * taken it from the queue already. The call begins at whatever comes first. Until the thread that
 * sends the request has said who listens, hooks are kept, and listeners of the application are not
 * held up.
 *
 * <p>What happens is noted under the lock of this object, which orders the hooks too; they are
 * called when it has been released.
 */
final class JettyCall {
  private static final String ATTRIBUTE = JettyCall.class.getName();
  private static final SafeLog LOG = SafeLog.of(JettyTracing.class);

  private final JettyInstallation installation;
  private final HttpConversation conversation;
  private final JettyHookQueue queue;
  private final boolean early;

  // Written with the lock of this held.
  private volatile boolean decided;
  private volatile @Nullable CallHooks hooks;

  // Guarded by this.
  private int count;
  private @Nullable JettyRoundTrip current;
  private boolean ended;

  private JettyCall(JettyInstallation installation, HttpConversation conversation, boolean early) {
    this.installation = installation;
    this.conversation = conversation;
    this.queue = new JettyHookQueue(installation.client().getExecutor());
    this.early = early;
  }

  /**
   * {@return the call of a request, which is made if there is none}
   *
   * @param installation the client
   * @param request the request
   * @param early whether it is not known yet who listens
   */
  static JettyCall begin(JettyInstallation installation, HttpRequest request, boolean early) {
    HttpConversation conversation = request.getConversation();
    synchronized (conversation) {
      JettyCall call = of(request);
      if (call == null) {
        call = new JettyCall(installation, conversation, early);
        conversation.setAttribute(ATTRIBUTE, call);
      }
      return call;
    }
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

  // ---- Who listens

  /** {@return whether it is known who listens} */
  boolean isDecided() {
    return decided;
  }

  /**
   * Says who listens, on the thread that sends the first request: null if nobody does. Only the
   * first time counts.
   */
  void decide(@Nullable CallHooks listening) {
    boolean mayBlock = listening != null && !listening.nonBlocking();
    synchronized (this) {
      if (decided) {
        return;
      }
      decided = true;
      hooks = listening;
      if (listening == null) {
        queue.drop();
      } else {
        queue.open(mayBlock);
      }
    }
    queue.run();
  }

  private CallHooks hooks() {
    return requireNonNull(hooks);
  }

  // ---- The round trips

  /**
   * Begins the round trip of an exchange, unless it has begun: Jetty may queue a request again, and
   * another thread may have taken it before it says that it is queued.
   */
  void queued(HttpExchange exchange) {
    note(() -> begin(exchange));
  }

  /** Jetty has chosen the connection of an exchange, and begins. */
  void taken(HttpExchange exchange) {
    JettyRoundTrip roundTrip = roundTrip(exchange.getRequest());
    if (roundTrip == null) {
      queued(exchange);
      roundTrip = roundTrip(exchange.getRequest());
    }
    if (roundTrip != null) {
      roundTrip.begin();
    }
  }

  /** Begins one, in {@link #note}. */
  private void begin(HttpExchange exchange) {
    JettyRoundTrip before = current;
    boolean begun = before != null && before.request() == exchange.getRequest();
    if (begun || ended || !isNewest(exchange)) {
      return;
    }
    if (before != null) {
      before.addDone(null);
    }
    JettyRoundTrip next = new JettyRoundTrip(this, ++count, exchange);
    current = next;
    next.start(before);
  }

  private boolean isNewest(HttpExchange exchange) {
    return conversation.getExchanges().peekLast() == exchange;
  }

  // ---- The end

  /**
   * Ends the call if its exchange has failed already. To be asked when {@link #queued} has
   * returned: if Jetty looks for its listeners after that, it finds those of this adapter.
   */
  void endIfFailed(HttpExchange exchange) {
    Throwable failure = exchange.getResponseFailure();
    if (failure != null) {
      completed(new Result(exchange.getRequest(), failure, exchange.getResponse(), failure));
    }
  }

  /**
   * A handler of Jetty's has done with the response of an exchange. If no other exchange follows it
   * has told the application, and this call too, but for one that has begun early: that did not
   * listen to it yet.
   */
  void handled(HttpExchange exchange) {
    if (early) {
      note(
          () -> {
            if (isNewest(exchange)) {
              addEnd();
            }
          });
    }
  }

  /** The application has been told that its request is complete, if not all of this was noted. */
  void completed(Result result) {
    note(
        () -> {
          HttpExchange newest = conversation.getExchanges().peekLast();
          if (newest != null && newest.getRequest() == result.getRequest()) {
            begin(newest); // It has failed before Jetty has said that it is queued.
          }
          JettyRoundTrip last = current;
          if (last != null) {
            last.addDone(result.getFailure());
          }
          addEnd();
        });
  }

  /** Adds the end of the call, in {@link #note}, unless it has ended. */
  void addEnd() {
    if (!ended) {
      ended = true;
      queue.add(() -> hooks().end());
    }
  }

  // ---- What happens

  /** Notes something that has happened, and calls the hooks that are due. */
  void note(Runnable change) {
    synchronized (this) {
      apply(change);
    }
    queue.run();
  }

  /**
   * Notes something that has happened, calls the hooks that are due, and then tells the
   * application.
   *
   * @param change notes it
   * @param listeners tells the application: on this thread, or on the executor of the client
   */
  void note(Runnable change, Runnable listeners) {
    boolean atOnce;
    synchronized (this) {
      apply(change);
      atOnce = hooks == null;
      if (!atOnce) {
        queue.addOfApplication(listeners);
      }
    }
    if (atOnce) {
      listeners.run();
    }
    queue.run();
  }

  /** Whatever goes wrong here, Jetty and the application must not notice. */
  private static void apply(Runnable change) {
    try {
      change.run();
    } catch (Throwable thrown) {
      LOG.error("a request could not be traced", thrown);
    }
  }

  /** Adds a hook, in {@link #note}. */
  void add(Hook hook, long at, int roundTrip, long connection, CallHooks.HookCall call) {
    queue.add(() -> hooks().fire(hook, at, roundTrip, connection, call));
  }

  /** Adds {@code got1xxResponse}, in {@link #note}. The round trip is told if it throws. */
  void add1xx(long at, JettyRoundTrip roundTrip, long connection, CallHooks.HookCall call) {
    queue.add(
        () -> {
          try {
            hooks().fireOrThrow(at, roundTrip.number(), connection, call);
          } catch (Throwable thrown) {
            roundTrip.vetoed(thrown);
          }
        });
  }
}
