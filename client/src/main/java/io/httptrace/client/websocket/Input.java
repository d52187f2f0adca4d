package io.httptrace.client.websocket;

import io.httptrace.adapter.SafeLog;
import io.httptrace.client.concurrent.Strand;
import java.net.ProtocolException;
import java.net.http.WebSocket;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The input side of a WebSocket: calls the listener, as often as it requests, on a strand of its
 * own. All state belongs to the strand, except the volatile fields.
 */
final class Input {
  private static final SafeLog LOG = SafeLog.of(Input.class);

  private final NettyWebSocket socket;
  private final WebSocket.Listener listener;
  private final Strand strand;
  private final Utf8 utf8 = new Utf8();
  private final ArrayDeque<Incoming> come = new ArrayDeque<>(1);
  private long demand;
  private boolean open;
  private boolean reading;

  /** Nothing more is received. */
  private volatile boolean closed;

  /** The listener is not called any more. */
  private volatile boolean over;

  Input(NettyWebSocket socket, WebSocket.Listener listener, Strand strand) {
    this.socket = socket;
    this.listener = listener;
    this.strand = strand;
  }

  boolean isClosed() {
    return closed;
  }

  /** Begins delivery. */
  void open() {
    strand.execute(
        () -> {
          open = true;
          if (!over) {
            call(
                () -> {
                  listener.onOpen(socket);
                  return null;
                });
            pump();
          }
        });
  }

  void request(long n) {
    if (n <= 0) {
      throw new IllegalArgumentException("not a positive number: " + n);
    }
    strand.execute(
        () -> {
          demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
          pump();
        });
  }

  /** {@return whether the calling thread runs the listener} */
  boolean runsHere() {
    return strand.runsHere();
  }

  /** Adds input. Called on any thread. */
  void arrived(List<Incoming> incoming) {
    strand.execute(
        () -> {
          reading = false;
          come.addAll(incoming);
          pump();
        });
  }

  /** Ends it: the listener is not called again. Called on any thread. */
  void abort() {
    closed = true;
    over = true;
  }

  /** Ends it with an error for the listener. Called on any thread. */
  void abort(Throwable reason) {
    strand.execute(() -> fail(reason, 0));
  }

  private void pump() {
    while (open && !over) {
      Incoming next = come.peek();
      if (next instanceof Incoming.Failure failure) {
        fail(failure.error(), failure.closeCode());
      } else if (demand == 0) {
        return;
      } else if (next == null) {
        read();
        return;
      } else {
        come.poll();
        demand--;
        deliver(next);
      }
    }
  }

  private void read() {
    if (!reading) {
      reading = true;
      socket.read();
    }
  }

  private void deliver(Incoming message) {
    if (message instanceof Incoming.Text text) {
      deliver(text);
    } else if (message instanceof Incoming.Binary binary) {
      call(() -> listener.onBinary(socket, binary.content(), binary.last()));
    } else if (message instanceof Incoming.Ping ping) {
      socket.answer(ping.content().duplicate());
      call(() -> listener.onPing(socket, ping.content().asReadOnlyBuffer()));
    } else if (message instanceof Incoming.Pong pong) {
      call(() -> listener.onPong(socket, pong.content()));
    } else if (message instanceof Incoming.Close close) {
      deliver(close);
    }
  }

  private void deliver(Incoming.Text text) {
    String characters;
    try {
      characters = utf8.decode(text.content(), text.last());
    } catch (CharacterCodingException malformed) {
      ProtocolException error = new ProtocolException("a text is not UTF-8");
      error.initCause(malformed);
      fail(error, CloseCodes.NOT_CONSISTENT);
      return;
    }
    call(() -> listener.onText(socket, characters, text.last()));
  }

  private void deliver(Incoming.Close close) {
    closed = true;
    over = true;
    CompletionStage<?> mayClose = null;
    try {
      mayClose = listener.onClose(socket, close.code(), close.reason());
    } catch (Throwable thrown) {
      // No other method is called after this one.
      LOG.log(System.Logger.Level.DEBUG, "onClose threw", thrown);
    }
    boolean spoken =
        close.code() != CloseCodes.NO_STATUS && close.code() != CloseCodes.CLOSED_ABNORMALLY;
    int answer = spoken ? close.code() : WebSocket.NORMAL_CLOSURE;
    if (mayClose == null) {
      socket.closeOutput(answer);
    } else {
      mayClose.whenComplete((done, error) -> socket.closeOutput(answer));
    }
  }

  /** Calls the listener. If it throws, or its stage fails, that ends the input. */
  private void call(Supplier<@Nullable CompletionStage<?>> method) {
    try {
      CompletionStage<?> stage = method.get();
      if (stage != null) {
        stage.whenComplete(
            (done, error) -> {
              if (error != null) {
                abort(error);
              }
            });
      }
    } catch (Throwable thrown) {
      fail(thrown, 0);
    }
  }

  private void fail(Throwable error, int closeCode) {
    if (over) {
      return;
    }
    closed = true;
    over = true;
    come.clear();
    if (closeCode == 0) {
      socket.abort();
    } else {
      socket.fail(closeCode);
    }
    try {
      listener.onError(socket, error);
    } catch (Throwable thrown) {
      LOG.log(System.Logger.Level.DEBUG, "onError threw", thrown);
    }
  }
}
