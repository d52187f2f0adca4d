package io.httptrace.cli.request;

import io.httptrace.cli.failure.InterruptedRunException;
import io.httptrace.cli.request.RunRequest.Result;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run come to its end in order when the process is told to end, by Ctrl-C or SIGTERM. The
 * JVM then ends with 128 and the number of the signal (130, 143), but waits for this to be closed.
 *
 * <p>It is a shutdown hook, because that is all there is on every system: the signal itself cannot
 * be handled without classes of the JDK that are not its API.
 */
public final class Interruption implements AutoCloseable {
  /** How long the process waits at most. Without a limit it could not be ended if it hung. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread hook; // for the thread that runs the request only

  /** Makes one that does not listen yet. */
  public Interruption() {}

  /**
   * {@return a future that completes when the process is told to end} It is completed on a thread
   * of its own.
   */
  public CompletableFuture<Void> requested() {
    return requested;
  }

  /** Begins to listen. May be called again. */
  public void listen() {
    if (hook != null) {
      return;
    }
    Thread thread = new Thread(this::interrupt, "httptrace-interrupted");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
      hook = thread;
    } catch (IllegalStateException e) {
      requested.complete(null); // the process is ending already
    }
  }

  private void interrupt() {
    requested.complete(null);
    try {
      var unused = closed.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * {@return the result of a request, with an error of its own if this has stopped it}
   *
   * @param result the result
   */
  public Result explain(Result result) {
    return requested.isDone() && result.error() != null
        ? new Result(result.timeline(), new InterruptedRunException())
        : result;
  }

  /**
   * Waits.
   *
   * @param pause how long
   * @return whether the process has not been told to end meanwhile
   */
  public boolean pause(Duration pause) {
    try {
      requested.get(pause.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it completes with nothing
    }
  }

  /** Lets the process end if it has been told to. */
  @Override
  public void close() {
    closed.countDown();
    Thread thread = hook;
    if (thread == null) {
      return;
    }
    hook = null;
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, or is about to.
    }
  }
}
