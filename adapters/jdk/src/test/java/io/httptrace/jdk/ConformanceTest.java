package io.httptrace.jdk;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The JDK's client with the agent is held to what it says of its hooks. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new JdkClientUnderTest()).tests();
  }
}
