package io.httptrace.reactornetty;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Holds up what comes on a connection, or a stream, until the hooks that tell of it have returned.
 * Nothing more is read meanwhile: if that was the end of a connection, it could not be held up, nor
 * anything before it. Used by the event loop only.
 */
final class ReactorInboundGate {
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean waiting;
  private boolean receiving;
  private boolean removed;
  private @Nullable ChannelHandlerContext readsWanted;

  /** Whether the channel would read by itself, if that had not been switched off. */
  private boolean autoRead;

  /** {@return whether what comes now has to be {@linkplain #hold held}} */
  boolean isClosed() {
    return waiting || !held.isEmpty();
  }

  /** Holds something up until what is held already has gone through. */
  void hold(Runnable next) {
    held.addLast(next);
  }

  /**
   * Lets something through, before all that is held, when the hooks of a call have returned.
   *
   * @param call the call
   * @param ctx the context of the handler
   * @param next lets it through
   */
  void after(ReactorCall call, ChannelHandlerContext ctx, Runnable next) {
    if (removed || call.haveHooksReturned()) {
      next.run();
      return;
    }
    waiting = true;
    held.addFirst(next);
    switchAutoReadOff(ctx);
    call.whenHooksHaveReturned(
        () -> {
          try {
            ctx.executor().execute(this::open);
          } catch (RejectedExecutionException ended) {
            // The event loop has been shut down, and its connections with it.
          }
        });
  }

  private void open() {
    waiting = false;
    while (!waiting || removed) {
      Runnable next = held.pollFirst();
      if (next == null) {
        break;
      }
      next.run();
    }
    readIfWanted();
  }

  /** Something comes, and more may come with it, until all {@linkplain #received has come}. */
  void receives() {
    receiving = true;
  }

  /** All that came at once has come. */
  void received() {
    receiving = false;
    readIfWanted();
  }

  private void readIfWanted() {
    ChannelHandlerContext reader = readsWanted;
    if (receiving || isClosed() || reader == null) {
      return;
    }
    readsWanted = null;
    if (autoRead) {
      autoRead = false;
      reader.channel().config().setAutoRead(true); // which also reads
    } else {
      reader.read();
    }
  }

  /** A channel that reads by itself does not ask {@link #read}, and would notice its end. */
  private void switchAutoReadOff(ChannelHandlerContext ctx) {
    if (ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(false);
      autoRead = true;
      readsWanted = ctx;
    }
  }

  /**
   * Reads more, but not before all that is held has gone through, nor before all has come that came
   * at once: the last of it may have to be held.
   */
  void read(ChannelHandlerContext ctx) {
    if (receiving || isClosed()) {
      readsWanted = ctx;
      if (isClosed()) {
        switchAutoReadOff(ctx);
      }
    } else {
      ctx.read();
    }
  }

  /** Lets everything through at once, from now on: the pipeline is about to be taken apart. */
  void remove() {
    removed = true;
    open();
  }
}
