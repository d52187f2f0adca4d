package io.httptrace.client.call;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What is known neither to block nor to call what is the caller's. A call that consists of nothing
 * else can run wherever there is news of it, and no thread has to be woken for it.
 */
final class NonBlockingHandlers {
  /** Their subscribers are the JDK's own too; all that they do is to keep what they are given. */
  private static final Set<Class<?>> HANDLERS =
      Set.of(
          BodyHandlers.ofByteArray().getClass(),
          BodyHandlers.ofString().getClass(),
          BodyHandlers.ofString(StandardCharsets.UTF_8).getClass(),
          BodyHandlers.ofInputStream().getClass(),
          BodyHandlers.discarding().getClass());

  private NonBlockingHandlers() {}

  static boolean isPrompt(BodyHandler<?> handler) {
    return HANDLERS.contains(handler.getClass());
  }
}
