package io.httptrace.benchmarks.worker;

/** A thread that sends one request after the other. */
final class BlockingSlot extends Slot implements Runnable {
  BlockingSlot(Load load) {
    super(load);
  }

  @Override
  public void run() {
    while (!load().ended()) {
      begin();
      try {
        answered(load().once());
      } catch (Exception | LinkageError error) {
        load().failed(error);
      }
    }
  }
}
