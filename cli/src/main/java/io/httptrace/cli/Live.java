package io.httptrace.cli;

import io.httptrace.cli.live.LiveLine;
import io.httptrace.cli.live.TickerThread;
import io.httptrace.cli.options.CommandOptions.Output;
import io.httptrace.cli.request.BodyOutput;
import io.httptrace.cli.request.Watcher;
import java.util.concurrent.atomic.AtomicLong;

/** Decides whether there is a line that says how far a request is. */
final class Live {
  private Live() {}

  /**
   * {@return what shows the line; nothing unless a person would see it, and nothing else}
   *
   * @param shell where it would be
   * @param output what else is shown
   * @param body where the body goes
   */
  static Watcher watcher(Shell shell, Output output, BodyOutput body) {
    if (!isWanted(shell, output)) {
      return Watcher.NONE;
    }
    int width = Screen.of(true, output.color(), shell.environment()).width();
    AtomicLong bytes = body.counted();
    return new LiveLine(shell.stderr(), width, bytes::get, new TickerThread());
  }

  private static boolean isWanted(Shell shell, Output output) {
    String name = output.body();
    boolean bodyIsSeen =
        name != null
            && shell.stdoutIsTerminal()
            && (output.bodyToStdout() || (name.startsWith("/dev/") && !name.equals("/dev/null")));
    return shell.stderrIsTerminal()
        && shell.canOverwrite()
        && !output.curl().silent()
        && !output.events()
        && !bodyIsSeen;
  }
}
