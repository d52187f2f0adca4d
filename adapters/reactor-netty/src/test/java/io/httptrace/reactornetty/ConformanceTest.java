package io.httptrace.reactornetty;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The adapter against every scenario. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new ReactorUnderTest())
        .report(Path.of("../../docs/support/reactor-netty.json"))
        .tests();
  }
}
