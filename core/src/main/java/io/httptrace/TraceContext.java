package io.httptrace;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An immutable carrier of a trace, like Go's context with a client trace.
 *
 * <p>{@link #withClientTrace} makes a context from another one and composes their traces. A context
 * can be made current on a thread, with {@link #run}, {@link #call} or {@link #attach}; a client
 * adds the traces of the context that is {@link #current()} on the thread that sends a request to
 * those of the request. The current context does not pass to other threads by itself; the {@code
 * wrap} methods pass it on, to executors and to the stages of a {@link
 * java.util.concurrent.CompletableFuture}.
 *
 * <p>To compose traces from several places, add the outermost first, so that the innermost is
 * called first:
 *
 * <pre>{@code
 * TraceContext.empty()
 *     .withClientTrace(ofClient)
 *     .withClientTrace(ofContext)
 *     .withClientTrace(ofRequest)
 *     .clientTrace();
 * }</pre>
 */
public final class TraceContext {
  /**
   * What {@link #run} runs.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    /**
     * Runs it.
     *
     * @throws X if it fails
     */
    void run() throws X;
  }

  /**
   * What {@link #call} calls.
   *
   * @param <T> what it returns
   * @param <X> what it throws
   */
  @FunctionalInterface
  public interface Task<T extends @Nullable Object, X extends Exception> {
    /**
     * Calls it.
     *
     * @return its result
     * @throws X if it fails
     */
    T call() throws X;
  }

  private static final TraceContext EMPTY = new TraceContext(null);

  private final @Nullable ClientTrace trace;

  private TraceContext(@Nullable ClientTrace trace) {
    this.trace = trace;
  }

  /** {@return the context without a trace} */
  public static TraceContext empty() {
    return EMPTY;
  }

  /** {@return the context that is current on this thread; {@link #empty()} if none is} */
  public static TraceContext current() {
    TraceContext current = Attachment.current();
    return current == null ? EMPTY : current;
  }

  /**
   * {@return a new context whose trace calls the hooks of {@code newer} first, then those of the
   * trace that is already here}
   *
   * <p>Neither this context nor a trace is changed. A trace (the same instance) that is registered
   * twice, also as part of a composed one, is called once, where it was registered last. If a hook
   * throws, the others are still called; then the first throwable is rethrown, with the others as
   * suppressed.
   *
   * @param newer the trace to register
   */
  public TraceContext withClientTrace(ClientTrace newer) {
    requireNonNull(newer, "newer");
    return new TraceContext(trace == null ? newer : ComposedTrace.compose(newer, trace));
  }

  /** {@return the trace, composed of all registered traces; null if there is none} */
  public @Nullable ClientTrace clientTrace() {
    return trace;
  }

  /**
   * {@return the registered traces, those of a composed one each by itself, in the order in which
   * they are called; unmodifiable, and empty if there is none}
   */
  public List<ClientTrace> clientTraces() {
    return trace == null ? List.of() : ComposedTrace.partsOf(trace);
  }

  /**
   * Makes this context current on this thread until the scope is closed.
   *
   * @return the scope, to be closed on this thread
   */
  public Scope attach() {
    return Attachment.attach(this);
  }

  /**
   * Runs an action with this context current, on this thread.
   *
   * @param <X> the checked exception that the action throws, inferred by the compiler; their common
   *     supertype if there are several
   * @param action the action, such as a {@code send}
   * @throws X what the action throws
   */
  public <X extends Exception> void run(Action<X> action) throws X {
    requireNonNull(action, "action");
    Scope scope = attach();
    try {
      action.run();
    } finally {
      scope.close();
    }
  }

  /**
   * Calls an action with this context current, on this thread.
   *
   * @param <T> what the action returns
   * @param <X> the checked exception that the action throws, inferred by the compiler; their common
   *     supertype if there are several
   * @param action the action
   * @return what the action returns
   * @throws X what the action throws
   */
  public <T extends @Nullable Object, X extends Exception> T call(Task<T, X> action) throws X {
    requireNonNull(action, "action");
    Scope scope = attach();
    try {
      return action.call();
    } finally {
      scope.close();
    }
  }

  /**
   * {@return an action that runs {@code action} with this context current, on any thread}
   *
   * @param action the action
   */
  public Runnable wrap(Runnable action) {
    requireNonNull(action, "action");
    return () -> run(action::run);
  }

  /**
   * {@return an action that calls {@code action} with this context current, on any thread}
   *
   * @param <T> what the action returns
   * @param action the action
   */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> action) {
    requireNonNull(action, "action");
    return () -> call(action::call);
  }

  /**
   * {@return a supplier that calls {@code supplier} with this context current} For {@code
   * CompletableFuture.supplyAsync}. It is not an overload of {@code wrap} because a lambda would be
   * ambiguous with {@link #wrap(Callable)}.
   *
   * @param <T> what is supplied
   * @param supplier the supplier
   */
  public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
    requireNonNull(supplier, "supplier");
    return () -> {
      Scope scope = attach();
      try {
        return supplier.get();
      } finally {
        scope.close();
      }
    };
  }

  /**
   * {@return a function that calls {@code function} with this context current} For stages such as
   * {@code CompletableFuture.thenCompose}; for those that take other functions, wrap the executor.
   *
   * @param <T> what the function takes
   * @param <R> what the function returns
   * @param function the function
   */
  public <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrapFunction(
      Function<T, R> function) {
    requireNonNull(function, "function");
    return argument -> {
      Scope scope = attach();
      try {
        return function.apply(argument);
      } finally {
        scope.close();
      }
    };
  }

  /**
   * {@return an executor that runs each task on {@code executor} with this context current}
   *
   * @param executor runs the tasks
   */
  public Executor wrap(Executor executor) {
    requireNonNull(executor, "executor");
    return task -> executor.execute(wrap(task));
  }

  /**
   * {@return an executor service that runs each task on {@code executor} with this context current}
   * All other calls, such as shutdown, go to {@code executor}.
   *
   * @param executor runs the tasks
   */
  public ExecutorService wrap(ExecutorService executor) {
    return new ContextExecutorService(this, requireNonNull(executor, "executor"));
  }

  @Override
  public String toString() {
    return trace == null ? "TraceContext[]" : "TraceContext[" + trace + "]";
  }
}
