package io.httptrace.client.races;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.NoExceptionVerifier;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/** What threads do is right if it throws nothing: scenarios check the rest themselves. */
public final class NothingThrown implements Verifier {
  private final Verifier verifier = new NoExceptionVerifier();

  /**
   * Makes it, as the model checker does.
   *
   * @param scenario not asked
   */
  public NothingThrown(Class<?> scenario) {}

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
    return verifier.verifyResults(scenario, results);
  }
}
