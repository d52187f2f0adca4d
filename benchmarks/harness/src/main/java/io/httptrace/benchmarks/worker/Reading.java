package io.httptrace.benchmarks.worker;

import java.io.IOException;

/**
 * What has been used up to a moment, by this process, the server and the machine.
 *
 * @param server what the server has counted
 * @param allocated bytes allocated
 * @param compilerCpu processor time of the threads that compile
 * @param machineCpu processor time of all processes
 * @param cpu processor time of this process
 * @param requests how many requests have ended well
 * @param nanoTime the moment
 */
record Reading(
    ServerCounters server,
    long allocated,
    long compilerCpu,
    long machineCpu,
    ProcFiles.Cpu cpu,
    long requests,
    long nanoTime) {

  /**
   * {@return a reading of now}
   *
   * @param countersPort where the server tells its counters
   * @param requests how many requests have ended well
   */
  static Reading now(int countersPort, long requests) throws IOException {
    ServerCounters server = ServerCounters.ask(countersPort);
    long allocated = Allocation.bytes();
    long compiler = ProcFiles.compilerCpu();
    long machine = ProcFiles.machineCpu();
    return new Reading(
        server, allocated, compiler, machine, ProcFiles.cpu(), requests, System.nanoTime());
  }

  /** {@return how much of the processor time since another reading went into compiling} */
  double compilerShareSince(Reading before) {
    double cpu = cpu().total() - before.cpu().total();
    return (compilerCpu - before.compilerCpu) / Math.max(1, cpu);
  }
}
