package io.httptrace.apache;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The adapter with the asynchronous client against every scenario. */
final class ApacheAsyncConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new ApacheAsyncUnderTest())
        .report(Path.of("../../docs/support/apache-async.json"))
        .tests();
  }
}
