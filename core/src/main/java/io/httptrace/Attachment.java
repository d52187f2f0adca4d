package io.httptrace;

import org.jspecify.annotations.Nullable;

/**
 * A context that is attached to the thread that created this.
 *
 * <p>The attachments of a thread form a stack, linked from the newest to the oldest; the newest
 * open one is current. An attachment that is closed out of order stays in the stack, marked as
 * closed, until those above it are closed. So a context whose scope is closed never becomes current
 * again.
 */
final class Attachment implements Scope {
  private static final ThreadLocal<Attachment> TOP = new ThreadLocal<>();

  private final TraceContext context;
  private final Thread owner = Thread.currentThread();
  private final @Nullable Attachment below;
  // Read and written by the owner only.
  private boolean closed;

  private Attachment(TraceContext context, @Nullable Attachment below) {
    this.context = context;
    this.below = below;
  }

  static Attachment attach(TraceContext context) {
    Attachment attachment = new Attachment(context, TOP.get());
    TOP.set(attachment);
    return attachment;
  }

  static @Nullable TraceContext current() {
    Attachment top = TOP.get();
    return top == null ? null : top.context;
  }

  @Override
  public void close() {
    if (Thread.currentThread() != owner || closed) {
      return;
    }
    closed = true;
    Attachment top = TOP.get();
    while (top != null && top.closed) {
      top = top.below;
    }
    if (top == null) {
      TOP.remove();
    } else {
      TOP.set(top);
    }
  }

  @Override
  public String toString() {
    return "Scope[" + context + (closed ? " closed]" : "]");
  }
}
