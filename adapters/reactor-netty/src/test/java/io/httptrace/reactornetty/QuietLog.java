package io.httptrace.reactornetty;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps what Reactor Netty logs of failures, which tests bring about, from the output. */
final class QuietLog {
  /** Held, because loggers are collected otherwise. */
  private static final Logger REACTOR = Logger.getLogger("reactor");

  private QuietLog() {}

  static void on() {
    REACTOR.setLevel(Level.OFF);
  }
}
