package io.httptrace.client.netty;

import java.util.ArrayList;
import java.util.List;

/**
 * Sockets and selectors that consist of nothing but Java, so that a model checker sees all they do.
 * A wait with a time limit is one without: what would only go on because time runs out is stuck.
 */
final class FakeNetwork {
  private final List<FakeSelector> open = new ArrayList<>();

  FakeSocket socket() {
    return new FakeSocket(this);
  }

  FakeSelector openSelector() {
    FakeSelector selector = new FakeSelector(this);
    synchronized (this) {
      open.add(selector);
    }
    return selector;
  }

  synchronized void closed(FakeSelector selector) {
    open.remove(selector);
    notifyAll();
  }

  /** {@return how many selectors are open} */
  synchronized int openSelectors() {
    return open.size();
  }
}
