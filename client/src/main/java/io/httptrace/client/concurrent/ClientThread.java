package io.httptrace.client.concurrent;

/** A thread of a client. It inherits no thread locals, and may keep those of the client. */
final class ClientThread extends Thread {
  /** The prefix of its name when it starts; code that runs on it may change the name. */
  final String family;

  /** The tasks for when it lets go of connections. Used by this thread only. */
  final Turn turn = Turn.ofClientThread();

  ClientThread(String family, Runnable task, String name) {
    super(null, task, name, 0, false);
    this.family = family;
    setDaemon(true);
  }
}
