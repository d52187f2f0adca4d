package io.httptrace.armeria;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The adapter against every scenario. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new ArmeriaUnderTest())
        .report(Path.of("../../docs/support/armeria.json"))
        .tests();
  }
}
