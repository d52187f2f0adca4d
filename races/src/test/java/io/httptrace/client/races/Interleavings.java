package io.httptrace.client.races;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Runs what threads do with them taking turns in many ways, one after the other: first with one
 * change of thread, at each place there is, then with more.
 */
public final class Interleavings {
  /** The profile {@code races} tries more. */
  private static final int TRIES = Integer.getInteger("httptrace.races.tries", 300);

  private Interleavings() {}

  /**
   * Runs a scenario, and fails with the order of steps that makes it fail: by an exception, or
   * because a thread waits for ever.
   *
   * @param scenario has a method for each thread, an {@link Operation}, and one that {@link
   *     Validate}s when they have ended. A new one is made for each try.
   */
  public static void of(Class<?> scenario) {
    List<List<Actor>> threads =
        Stream.of(scenario.getMethods())
            .filter(method -> method.isAnnotationPresent(Operation.class))
            .sorted(Comparator.comparing(Method::getName))
            .map(method -> List.of(new Actor(method, List.of())))
            .toList();
    new ModelCheckingOptions()
        .addCustomScenario(new ExecutionScenario(List.of(), threads, List.of(), null))
        .iterations(0)
        .invocationsPerIteration(TRIES)
        .minimizeFailedScenario(false)
        .verifier(NothingThrown.class)
        .addGuarantee(
            forClasses(ConcurrentLinkedQueue.class.getName(), ConcurrentHashMap.class.getName())
                .allMethods()
                .treatAsAtomic())
        .check(scenario);
  }
}
