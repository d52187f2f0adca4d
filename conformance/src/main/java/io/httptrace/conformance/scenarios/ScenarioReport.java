package io.httptrace.conformance.scenarios;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts the results of a client's scenarios, and prints them when all tests are over. */
final class ScenarioReport implements AutoCloseable {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ScenarioReport.class);

  private final String client;
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger notApplicable = new AtomicInteger();

  private ScenarioReport(String client) {
    this.client = client;
  }

  static ScenarioReport of(ExtensionContext context, String client) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(client, ScenarioReport::new, ScenarioReport.class);
  }

  void passed() {
    passed.incrementAndGet();
  }

  void failed() {
    failed.incrementAndGet();
  }

  void notApplicable() {
    notApplicable.incrementAndGet();
  }

  @Override
  public void close() {
    System.out.println(this);
  }

  @Override
  public String toString() {
    int all = passed.get() + failed.get() + notApplicable.get();
    return client
        + ": "
        + all
        + " scenarios, "
        + passed
        + " pass, "
        + failed
        + " fail, "
        + notApplicable
        + " not applicable";
  }
}
