package io.httptrace.jdk;

import io.httptrace.conformance.scenarios.ConformanceSuite;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The JDK's client with the agent is held to what it says of its hooks. */
final class ConformanceTest {
  /** What was found is kept for these; the client of another JDK may do something else. */
  private static final Set<Integer> KEPT = Set.of(17, 25);

  @TestFactory
  Stream<DynamicNode> scenarios() {
    ConformanceSuite suite = ConformanceSuite.of(new JdkClientUnderTest());
    int jdk = Runtime.version().feature();
    if (KEPT.contains(jdk)) {
      suite.report(Path.of("../../docs/support/jdk-" + jdk + ".json"));
    }
    suite.patience(java.time.Duration.ofSeconds(20));
    return suite.tests();
  }
}
