package io.httptrace.client.concurrent;

import org.jspecify.annotations.Nullable;

/** A thread of a client. It inherits no thread locals, and may keep those of the client. */
final class ClientThread extends Thread {
  /** The prefix of its name when it starts; code that runs on it may change the name. */
  final String family;

  /** The tasks for when it lets go of connections. Used by this thread only. */
  final Turn turn = Turn.ofClientThread();

  /** Whether it runs what is the caller's and nobody waits for. */
  final boolean forDependents;

  /** What it completes futures for, if it is a poller. Used by this thread only. */
  @Nullable Completions completions;

  /** What it has left polling for, to complete futures. Used by this thread only. */
  @Nullable Completions outsideOf;

  ClientThread(String family, boolean forDependents, Runnable task, String name) {
    super(null, task, name, 0, false);
    this.family = family;
    this.forDependents = forDependents;
    setDaemon(true);
  }
}
