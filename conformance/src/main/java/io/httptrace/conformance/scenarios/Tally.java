package io.httptrace.conformance.scenarios;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts how the scenarios of a client went, and prints it when all tests are over. */
final class Tally implements AutoCloseable {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Tally.class);

  private final String client;
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger notApplicable = new AtomicInteger();

  private Tally(String client) {
    this.client = client;
  }

  static Tally of(ExtensionContext context, String client) {
    return context.getRoot().getStore(NAMESPACE).computeIfAbsent(client, Tally::new, Tally.class);
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
