package io.httptrace.attach;

import io.httptrace.timeline.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told to the command, in order. The application's threads only put something here.
 * If more comes than can be written, requests are left out and counted: the application must not
 * wait.
 */
final class TimelineQueue {
  /** How many requests may wait: a few megabytes. */
  static final int CAPACITY = 1024;

  private static final int BATCH = 64;

  /** How long to wait with the next message of what was left out, unless there is a pause. */
  private static final long MESSAGE_NANOS = 1_000_000_000;

  private static final String NOTE = "note\t";

  /** What is to be told: a request, or the line of a message. */
  private record Entry(@Nullable Timeline timeline, String text) {
    /** Not compared: the JDK keeps the class of a record that it compares, and so its loader. */
    boolean isEnd() {
      return timeline == null && text.isEmpty();
    }
  }

  private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;

  // Only the thread that writes: how many that were left out it has told, and when.
  private long told;
  private long toldAt = System.nanoTime();

  /**
   * Adds a request, or counts it if there is no room.
   *
   * @param client the client that has sent it
   * @param timeline its timeline
   */
  void add(String client, Timeline timeline) {
    if (closed) {
      return;
    }
    if (room.tryAcquire()) {
      entries.add(new Entry(timeline, client));
    } else {
      dropped.incrementAndGet();
    }
  }

  /**
   * Adds something that the user should know.
   *
   * @param text one line
   */
  void note(String text) {
    entries.add(new Entry(null, NOTE + text));
  }

  /**
   * Adds why requests are not told.
   *
   * @param reason one line
   */
  void fail(String reason) {
    entries.add(new Entry(null, "failed\t" + reason));
  }

  /** Adds that requests are told from now on. */
  void ready() {
    entries.add(new Entry(null, "ready"));
  }

  /** Takes no more; the rest is written. */
  void close() {
    closed = true;
    entries.add(new Entry(null, ""));
  }

  /** Writes everything, until this is closed or the command is gone. */
  void writeTo(CommandLink link, TimelineText text) {
    List<Entry> batch = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        batch.add(entries.take());
        entries.drainTo(batch, BATCH - 1);
        StringBuilder lines = new StringBuilder();
        for (Entry entry : batch) {
          more &= !entry.isEnd();
          append(entry, text, lines);
        }
        batch.clear();
        if (more) {
          appendDropped(lines);
        } else {
          lines.append("end\t").append(dropped.get()).append('\n');
        }
        link.send(lines.substring(0, lines.length() - 1));
      }
    } catch (IOException gone) {
      closed = true;
      entries.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void appendDropped(StringBuilder lines) {
    long now = dropped.get();
    if (now > told && (entries.isEmpty() || System.nanoTime() - toldAt > MESSAGE_NANOS)) {
      lines.append(NOTE).append(now - told).append(" requests are not shown: too many at once\n");
      told = now;
      toldAt = System.nanoTime();
    }
  }

  private void append(Entry entry, TimelineText text, StringBuilder lines) {
    Timeline timeline = entry.timeline();
    if (timeline != null) {
      room.release();
      lines.append(text.line(entry.text(), timeline)).append('\n');
    } else if (!entry.isEnd()) {
      lines.append(entry.text()).append('\n');
    }
  }
}
