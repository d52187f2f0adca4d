package io.httptrace.conformance.guide;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

// @start region="test"
final class PlainConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new PlainClientUnderTest())
        .only("h1-get*", "connect-refused", "server-eof-before-response")
        .tests();
  }
}
// @end
