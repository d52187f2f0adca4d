package io.httptrace.client.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.httptrace.conformance.time.Waiting;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
  private static <T> T onLoopThread(Supplier<T> asked) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    DaemonThreads.forLoops("loop").newThread(() -> answer.complete(asked.get())).start();
    return answer.get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void nettyKeepsWhatItCanUseAgainOnThreadsOfEventLoops() throws Exception {
    assertThat(onLoopThread(FastThreadLocalThread::currentThreadWillCleanupFastThreadLocals))
        .isTrue();
  }

  @Test
  void threadsOfEventLoopsAreNamedDaemonsThatInheritNothing() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("the caller's");
    try {
      assertThat(onLoopThread(() -> String.valueOf(local.get()))).isEqualTo("null");
    } finally {
      local.remove();
    }
    assertThat(onLoopThread(() -> Thread.currentThread().isDaemon())).isTrue();
    assertThat(onLoopThread(() -> Thread.currentThread().getName())).isEqualTo("loop-1");
  }
}
