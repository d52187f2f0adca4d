package io.httptrace.cli;

import io.httptrace.cli.measure.LoadRun;
import io.httptrace.cli.options.CommandOptions.Color;
import io.httptrace.cli.options.LoadPlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A line on the terminal that says how far a measurement is, while it runs. */
final class MeasureProgress {
  private static final long INTERVAL_MILLIS = 200;

  private final Shell shell;
  private final LoadRun run;
  private final LoadPlan plan;
  private final List<MeasuredSide> sides;
  private final int width;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final @Nullable Thread thread;

  private MeasureProgress(
      Shell shell, boolean shown, LoadRun run, LoadPlan plan, List<MeasuredSide> sides) {
    this.shell = shell;
    this.run = run;
    this.plan = plan;
    this.sides = sides;
    this.width = Screen.of(true, Color.NEVER, shell.environment()).width();
    this.thread = shown ? new Thread(this::show, "httptrace-progress") : null;
  }

  /**
   * {@return the line, which is shown until its end}
   *
   * @param shell where to print
   * @param shown whether there is one
   * @param run what runs
   * @param plan what is to be done
   * @param sides has the requests that are over
   */
  static MeasureProgress of(
      Shell shell, boolean shown, LoadRun run, LoadPlan plan, List<MeasuredSide> sides) {
    MeasureProgress progress = new MeasureProgress(shell, shown, run, plan, sides);
    if (progress.thread != null) {
      progress.thread.setDaemon(true);
      progress.thread.start();
    }
    return progress;
  }

  private void show() {
    int length = 0;
    try {
      do {
        String all = line();
        String line = all.substring(0, Math.min(all.length(), width - 1));
        length = Math.max(length, line.length());
        shell.stderr().print("\r" + line + " ".repeat(length - line.length()));
      } while (!ended.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    shell.stderr().print("\r" + " ".repeat(length) + "\r");
  }

  private String line() {
    long over = sides.stream().mapToLong(side -> side.sender().measurement().requests()).sum();
    long failed = sides.stream().mapToLong(side -> side.sender().measurement().failed()).sum();
    double seconds = run.elapsedNanos() / 1e9;
    StringBuilder line = new StringBuilder();
    line.append(over);
    if (plan.requests() != LoadPlan.UNLIMITED) {
      line.append(" of ").append(plan.requests());
    }
    line.append(String.format(Locale.ROOT, " requests, %.1f s", seconds));
    Duration limit = plan.duration();
    if (limit != null) {
      line.append(String.format(Locale.ROOT, " of %.1f s", limit.toNanos() / 1e9));
    }
    line.append(String.format(Locale.ROOT, ", %.1f per second", over / Math.max(1e-9, seconds)));
    if (failed > 0) {
      line.append(", ").append(failed).append(" failed");
    }
    return line.toString();
  }

  /** Takes the line away. */
  void end() {
    ended.countDown();
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
