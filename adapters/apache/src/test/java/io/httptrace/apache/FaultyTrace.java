package io.httptrace.apache;

import io.httptrace.ClientTrace;
import io.httptrace.conformance.time.Gate;
import io.httptrace.conformance.time.Waiting;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Traces whose hooks do what they should not. */
final class FaultyTrace {
  private FaultyTrace() {}

  /**
   * {@return one whose hooks throw}
   *
   * @param thrown gets their names
   */
  static ClientTrace throwing(Set<String> thrown) {
    return (ClientTrace)
        Proxy.newProxyInstance(
            FaultyTrace.class.getClassLoader(),
            new Class<?>[] {ClientTrace.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return method.invoke(thrown, arguments);
              }
              if (method.getName().equals("nonBlocking")) {
                return false;
              }
              thrown.add(method.getName());
              throw new AssertionError(method.getName());
            });
  }

  /**
   * {@return one that blocks when the head has been written}
   *
   * @param entered is opened then
   * @param leave is waited for
   */
  static ClientTrace blocking(Gate entered, Gate leave) {
    return ClientTrace.builder()
        .wroteHeaders(
            () -> {
              entered.open();
              try {
                leave.await(Waiting.LIMIT);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            })
        .build();
  }
}
