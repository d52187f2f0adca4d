package io.httptrace.cli.request;

import io.httptrace.timeline.Timeline;
import java.util.function.Supplier;

/** Follows a request while it runs, on threads of its own. */
public interface Watcher {
  /** Follows nothing. */
  Watcher NONE =
      new Watcher() {
        @Override
        public void begins(Supplier<Timeline> soFar) {}

        @Override
        public void over() {}
      };

  /**
   * Is called once the request has been handed to the client.
   *
   * @param soFar makes a timeline of what has happened until then; for any thread
   */
  void begins(Supplier<Timeline> soFar);

  /** Is called when the request is over. When this has returned, nothing more is printed. */
  void over();
}
