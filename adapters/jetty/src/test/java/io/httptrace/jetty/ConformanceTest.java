package io.httptrace.jetty;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The adapter against every scenario. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new JettyUnderTest())
        .report(Path.of("../../docs/support/jetty.json"))
        .tests();
  }
}
