package io.httptrace.conformance.scenarios;

import io.httptrace.Hook;
import io.httptrace.conformance.Capability;
import io.httptrace.conformance.run.Run;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that replays a recording: it sets up the servers and calls {@link Run#check()}.
 * The method runs if the client has all that it needs; otherwise it is not a test for this client,
 * neither passed nor skipped, and is reported with the reason.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Scenario {
  /** {@return the name of the recording} */
  String value();

  /** {@return the capabilities that it needs besides those that the recording's plan shows} */
  Capability[] needs() default {};

  /** {@return the hooks without which it cannot run, besides those that the plan shows} */
  Hook[] hooks() default {};
}
