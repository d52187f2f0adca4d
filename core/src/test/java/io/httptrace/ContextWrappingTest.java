package io.httptrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Taking a context along to other threads. */
class ContextWrappingTest {
  private final TraceContext context = TraceContext.empty().withClientTrace(new ClientTrace() {});
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @AfterEach
  void nothingIsLeftBehindOnEitherThread() throws Exception {
    assertThat(TraceContext.current()).isSameAs(TraceContext.empty());
    assertThat(pool.submit(TraceContext::current).get()).isSameAs(TraceContext.empty());
    pool.shutdownNow();
  }

  @Test
  void theCurrentContextDoesNotPassByItself() throws Exception {
    assertThat(context.call(() -> pool.submit(TraceContext::current).get()))
        .isSameAs(TraceContext.empty());
  }

  @Test
  void aWrappedRunnableHasTheContext() throws Exception {
    List<TraceContext> seen = new ArrayList<>();
    Runnable action = () -> seen.add(TraceContext.current());
    pool.submit(context.wrap(action)).get();
    assertThat(seen).containsExactly(context);
  }

  @Test
  void aWrappedCallableHasTheContext() throws Exception {
    Callable<TraceContext> action = TraceContext::current;
    assertThat(pool.submit(context.wrap(action)).get()).isSameAs(context);
  }

  @Test
  void aWrappedExecutorHasTheContextInEachStage() {
    List<TraceContext> seen = new ArrayList<>();
    CompletableFuture.supplyAsync(
            TraceContext::current, context.wrap((Runnable r) -> pool.execute(r)))
        .thenApplyAsync(first -> List.of(first, TraceContext.current()), context.wrap(pool))
        .thenAccept(seen::addAll)
        .join();
    assertThat(seen).containsExactly(context, context);
  }

  @Test
  void wrappedStagesHaveTheContext() {
    Function<TraceContext, List<TraceContext>> then =
        first -> List.of(first, TraceContext.current());
    List<TraceContext> seen =
        CompletableFuture.supplyAsync(context.wrapSupplier(TraceContext::current), pool)
            .thenApplyAsync(context.wrapFunction(then), pool)
            .join();
    assertThat(seen).containsExactly(context, context);
  }

  @Test
  void everyWayIntoAWrappedServiceHasTheContext() throws Exception {
    ExecutorService service = context.wrap(pool);
    CompletableFuture<TraceContext> executed = new CompletableFuture<>();
    service.execute(() -> executed.complete(TraceContext.current()));
    CompletableFuture<TraceContext> submitted = new CompletableFuture<>();
    Runnable complete = () -> submitted.complete(TraceContext.current());
    Future<String> result = service.submit(complete, "result");
    Callable<TraceContext> current = TraceContext::current;

    assertThat(executed.get()).isSameAs(context);
    assertThat(submitted.get()).isSameAs(context);
    assertThat(result.get()).isEqualTo("result");
    assertThat(service.submit(current).get()).isSameAs(context);
    assertThat(service.submit(complete).get()).isNull();
    assertThat(results(service.invokeAll(List.of(current, current))))
        .containsExactly(context, context);
    assertThat(results(service.invokeAll(List.of(current), 1, TimeUnit.MINUTES)))
        .containsExactly(context);
    assertThat(service.invokeAny(List.of(current))).isSameAs(context);
    assertThat(service.invokeAny(List.of(current), 1, TimeUnit.MINUTES)).isSameAs(context);
  }

  private static List<TraceContext> results(List<Future<TraceContext>> futures)
      throws ExecutionException, InterruptedException {
    List<TraceContext> results = new ArrayList<>();
    for (Future<TraceContext> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  @Test
  void aWrappedServiceIsShutDownThroughTheWrapper() throws Exception {
    ExecutorService own = Executors.newSingleThreadExecutor();
    ExecutorService service = context.wrap(own);
    assertThat(service.isShutdown()).isFalse();
    assertThat(service.isTerminated()).isFalse();
    service.shutdown();
    assertThat(service.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(own.isShutdown()).isTrue();
    assertThat(service.isShutdown()).isTrue();
    assertThat(service.isTerminated()).isTrue();
    assertThat(service.shutdownNow()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // null is what is tested
  void nullIsRefused() {
    assertThatThrownBy(() -> context.wrap((Runnable) null)).hasMessage("action");
    assertThatThrownBy(() -> context.wrap((Callable<?>) null)).hasMessage("action");
    assertThatThrownBy(() -> context.wrap((ExecutorService) null)).hasMessage("executor");
    assertThatThrownBy(() -> context.wrapSupplier(null)).hasMessage("supplier");
    assertThatThrownBy(() -> context.wrapFunction(null)).hasMessage("function");
    assertThatThrownBy(() -> context.wrap(pool).execute(null)).hasMessage("action");
  }
}
