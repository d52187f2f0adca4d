package io.httptrace.client;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The client against every scenario. */
@Tag("tls")
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    return ConformanceSuite.of(new TracingHttpClientUnderTest())
        .report(Path.of("../docs/support/httptrace.json"))
        .tests();
  }
}
