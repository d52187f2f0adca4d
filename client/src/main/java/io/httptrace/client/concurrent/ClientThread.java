package io.httptrace.client.concurrent;

/** A thread of a client. It inherits no thread locals, and nothing has to be removed from it. */
final class ClientThread extends Thread {
  /** What its name begins with when it starts; whoever runs on it may change that. */
  final String family;

  /** What it has to do when it lets go of connections. Used by this thread only. */
  final Turn turn = Turn.ofClientThread();

  ClientThread(String family, Runnable task, String name) {
    super(null, task, name, 0, false);
    this.family = family;
    setDaemon(true);
  }
}
