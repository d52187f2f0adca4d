package io.httptrace.jdk;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** The agent of this JVM. */
final class Agents {
  private Agents() {}

  /** {@return what an agent is given, after the hooks have been taken out} */
  static Instrumentation takeOut() {
    Instrumentation instrumentation =
        JdkTracing.installed().orElseThrow().installation().instrumentation();
    while (JdkTracing.installed().isPresent()) {
      JdkTracing.installed().get().close();
    }
    return instrumentation;
  }

  /** Puts the hooks in as the agent's jar does. */
  static void putIn(Instrumentation instrumentation) {
    while (JdkTracing.installed().isPresent()) {
      JdkTracing.installed().get().close();
    }
    JdkTracing.install(instrumentation);
  }

  /** {@return one that is asked first, before each call of a method with arguments} */
  static Instrumentation with(
      Instrumentation instrumentation, String name, Consumer<Object[]> asked) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            Agents.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                asked.accept(arguments);
              }
              try {
                return method.invoke(instrumentation, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
