package io.httptrace.benchmarks.worker;

import io.httptrace.benchmarks.peer.WireProtocol;

/**
 * What a load took.
 *
 * @param window which window it is
 * @param from the reading at its start
 * @param to the reading at its end
 * @param warmUpSeconds how long it had warmed up
 * @param times how long the requests took
 */
record Measured(int window, Reading from, Reading to, double warmUpSeconds, Histogram times) {

  Measured with(Histogram requestTimes) {
    return new Measured(window, from, to, warmUpSeconds, requestTimes);
  }

  long requests() {
    return to.requests() - from.requests();
  }

  /** Writes it down, for one request each where that makes sense. */
  void writeTo(ResultLine line, WireProtocol protocol) {
    double seconds = (to.nanoTime() - from.nanoTime()) / 1e9;
    double each = 1.0 / Math.max(1, requests());
    double cpu = to.cpu().total() - from.cpu().total();
    double serverCpu = to.server().cpuNanos() - from.server().cpuNanos();
    double machine = to.machineCpu() - from.machineCpu();
    line.put("seconds", seconds);
    line.put("requests", requests());
    line.put("rps", requests() / seconds);
    line.put("cpu_us", cpu / 1e3 * each);
    line.put("user_us", (to.cpu().user() - from.cpu().user()) / 1e3 * each);
    line.put("sys_us", (to.cpu().system() - from.cpu().system()) / 1e3 * each);
    line.put("jit_cpu_us", (to.compilerCpu() - from.compilerCpu()) / 1e3 * each);
    line.put("p50_us", times.percentile(50) / 1e3);
    line.put("p99_us", times.percentile(99) / 1e3);
    line.put("max_us", times.max() / 1e3);
    line.put("alloc_b", (to.allocated() - from.allocated()) * each);
    line.put("warm_s", warmUpSeconds);
    line.put("server_reqs", to.server().requests(protocol) - from.server().requests(protocol));
    line.put("new_conns", to.server().connections(protocol) - from.server().connections(protocol));
    line.put("open_conns", to.server().open(protocol));
    line.put("resumed", to.server().resumed() - from.server().resumed());
    line.put("server_cpu_us", serverCpu / 1e3 * each);
    line.put("other_cpu_pct", 100 * Math.max(0, machine - cpu - serverCpu) / 1e9 / seconds);
  }
}
