package io.httptrace.client.contract;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Asks the JDK's client again if it does not do what a test says it does. It has races of its own
 * (it may, for instance, fail a future before the subscriber's body can complete it), and it is not
 * the one that is tested: it shows that the test is right, which once is enough for. The client of
 * this project is never asked twice.
 */
final class AskedAgain implements InvocationInterceptor {
  private static final int TIMES = 4;

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> test,
      ExtensionContext extension)
      throws Throwable {
    Throwable first;
    try {
      invocation.proceed();
      return;
    } catch (Throwable failed) {
      first = failed;
    }
    if (!test.getArguments().contains(Subject.JDK)) {
      throw first;
    }
    Object[] arguments = test.getArguments().toArray();
    for (int i = 1; i <= TIMES; i++) {
      try {
        ReflectionSupport.invokeMethod(
            test.getExecutable(), test.getTarget().orElse(null), arguments);
        System.out.println(
            "the JDK's client was asked again: " + test.getExecutable().getName() + ", " + first);
        return;
      } catch (Throwable again) {
        first.addSuppressed(again);
      }
    }
    throw first;
  }
}
