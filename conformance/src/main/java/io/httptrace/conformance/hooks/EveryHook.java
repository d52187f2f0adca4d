package io.httptrace.conformance.hooks;

import static java.util.Objects.requireNonNull;

import io.httptrace.ClientTrace;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes traces that do the same in every hook, such as to throw. */
public final class EveryHook {
  private EveryHook() {}

  /** What to do in a hook. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it.
     *
     * @param hook the name of the hook, such as {@code gotConn}
     * @throws Exception what the hook throws
     */
    void in(String hook) throws Exception;
  }

  /**
   * {@return a trace that does something in every hook} It does not promise not to block.
   *
   * @param action what it does; it may be called by several threads at a time
   */
  public static ClientTrace of(Action action) {
    requireNonNull(action, "action");
    return (ClientTrace)
        Proxy.newProxyInstance(
            ClientTrace.class.getClassLoader(),
            new Class<?>[] {ClientTrace.class},
            (proxy, method, args) -> {
              if (method.getDeclaringClass() != ClientTrace.class) {
                return ofObject(proxy, method.getName(), args);
              }
              if (method.getReturnType() == boolean.class) {
                return false;
              }
              action.in(method.getName());
              return null;
            });
  }

  private static Object ofObject(Object proxy, String method, @Nullable Object @Nullable [] args) {
    return switch (method) {
      case "equals" -> args != null && proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "trace of one action";
    };
  }
}
