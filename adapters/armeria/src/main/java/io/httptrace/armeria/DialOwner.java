package io.httptrace.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds the request that looks up a name or dials. Armeria does both in a call of the request's
 * own: of its decorators, of a task that has its context, or of the end of its lookup. Only a
 * request that has waited for another's connection in vain dials in a call of the other one, and
 * then there is neither its context nor this.
 */
final class DialOwner {
  private static final ThreadLocal<@Nullable ArmeriaRoundTrip> GOES_ON = new ThreadLocal<>();

  private DialOwner() {}

  /** {@return the round trip that this thread is at work for, if it has no connection yet} */
  static @Nullable ArmeriaRoundTrip current() {
    ArmeriaRoundTrip goesOn = GOES_ON.get();
    if (goesOn != null) {
      return goesOn.mayDial() ? goesOn : null;
    }
    ClientRequestContext ctx = ClientRequestContext.currentOrNull();
    ArmeriaRoundTrip own = ctx == null ? null : ctx.ownAttr(ArmeriaRoundTrip.KEY);
    return own != null && own.mayDial() ? own : null;
  }

  /** What goes on. */
  @FunctionalInterface
  interface Next {
    void run() throws Exception;
  }

  /** Runs what goes on with a request where its context is not current. */
  static void goOn(ArmeriaRoundTrip roundTrip, Next next) throws Exception {
    ArmeriaRoundTrip before = GOES_ON.get();
    GOES_ON.set(roundTrip);
    try {
      next.run();
    } finally {
      if (before == null) {
        GOES_ON.remove();
      } else {
        GOES_ON.set(before);
      }
    }
  }
}
