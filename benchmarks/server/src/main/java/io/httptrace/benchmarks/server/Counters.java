package io.httptrace.benchmarks.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What one of the ports has counted. */
final class Counters {
  final LongAdder connections = new LongAdder();
  final LongAdder requests = new LongAdder();
  final LongAdder resumed = new LongAdder();
  final AtomicInteger open = new AtomicInteger();

  /** {@return pairs of keys and values, each after a space} */
  String line(String name) {
    return " conns_"
        + name
        + "="
        + connections.sum()
        + " open_"
        + name
        + "="
        + open.get()
        + " reqs_"
        + name
        + "="
        + requests.sum();
  }
}
