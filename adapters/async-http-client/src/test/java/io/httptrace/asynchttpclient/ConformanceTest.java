package io.httptrace.asynchttpclient;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The adapter against every scenario. */
final class ConformanceTest {
  @TestFactory
  Stream<DynamicNode> scenarios() {
    ConformanceSuite suite = ConformanceSuite.of(new AhcUnderTest());
    // The report is that of the newest version; older ones cannot do all that it can.
    return AhcTestConfig.hasHttp2()
        ? suite.report(Path.of("../../docs/support/async-http-client.json")).tests()
        : suite.tests();
  }
}
