package io.httptrace.conformance.http2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks whether the client's frames are allowed in the current state. A violation is an assertion
 * error, and so a problem of the server. Safe for any thread.
 */
final class ProtocolMonitor {
  static final int DEFAULT_WINDOW = 65_535;
  private static final int DEFAULT_FRAME_SIZE = 16_384;

  /** The settings that were sent and are not acknowledged yet. */
  private final Deque<Http2Settings> pending = new ArrayDeque<>();

  /** How much the client may send on each stream that is open on its side. */
  private final Map<Integer, Long> windows = new HashMap<>();

  private final Set<Integer> ended = new HashSet<>();
  private long connectionWindow = DEFAULT_WINDOW;
  private long initialWindow = DEFAULT_WINDOW;
  private long frameSize = DEFAULT_FRAME_SIZE;
  private int lastStream;

  /** Opens stream 1, which is the HTTP/1.1 request before the upgrade. */
  synchronized void upgraded() {
    lastStream = 1;
    ended.add(1);
  }

  /** {@return whether the client has ended a stream or reset it} */
  synchronized boolean hasEnded(int stream) {
    return ended.contains(stream);
  }

  /** {@return the highest stream that the client has opened} */
  synchronized int lastStream() {
    return lastStream;
  }

  synchronized void sent(Frame frame) {
    if (frame.type() == Frame.SETTINGS && !frame.has(Frame.ACK)) {
      Http2Settings settings = Http2Settings.parse(frame.payload());
      settings.value(Http2Settings.MAX_FRAME_SIZE).ifPresent(size -> frameSize = size);
      pending.add(settings);
    } else if (frame.type() == Frame.WINDOW_UPDATE && frame.length() == 4) {
      long increment = frame.intAt(0);
      if (frame.stream() == 0) {
        connectionWindow += increment;
      } else {
        windows.computeIfPresent(frame.stream(), (stream, window) -> window + increment);
      }
    }
  }

  /** {@return the settings that this frame acknowledges, or none} */
  synchronized Http2Settings received(Frame frame) {
    checkLength(frame);
    checkPlace(frame);
    switch (frame.type()) {
      case Frame.HEADERS -> headers(frame);
      case Frame.DATA -> data(frame);
      case Frame.RST_STREAM -> end(frame.stream());
      case Frame.WINDOW_UPDATE -> require(frame.intAt(0) > 0, frame, "without an increment");
      case Frame.SETTINGS -> {
        return frame.has(Frame.ACK) ? acknowledged(frame) : Http2Settings.none();
      }
      case Frame.PUSH_PROMISE -> require(false, frame, "which only servers may");
      default -> {}
    }
    return Http2Settings.none();
  }

  private void checkPlace(Frame frame) {
    switch (frame.type()) {
      case Frame.SETTINGS, Frame.PING, Frame.GOAWAY ->
          require(frame.stream() == 0, frame, "on a stream");
      case Frame.HEADERS, Frame.PRIORITY ->
          require(frame.stream() % 2 == 1, frame, "on a stream that is not its own");
      case Frame.DATA, Frame.RST_STREAM ->
          require(isKnown(frame.stream()), frame, "on a stream that it has not opened");
      case Frame.WINDOW_UPDATE ->
          require(
              frame.stream() == 0 || isKnown(frame.stream()),
              frame,
              "on a stream that it has not opened");
      default -> {}
    }
  }

  private boolean isKnown(int stream) {
    return stream % 2 == 1 && stream <= lastStream;
  }

  private void checkLength(Frame frame) {
    require(frame.length() <= frameSize, frame, "which is longer than " + frameSize);
    int length = frame.length();
    boolean right =
        switch (frame.type()) {
          case Frame.RST_STREAM, Frame.WINDOW_UPDATE -> length == 4;
          case Frame.PING -> length == 8;
          case Frame.PRIORITY -> length == 5;
          case Frame.GOAWAY -> length >= 8;
          case Frame.SETTINGS -> frame.has(Frame.ACK) ? length == 0 : length % 6 == 0;
          default -> true;
        };
    require(right, frame, "of a wrong length");
  }

  private void headers(Frame frame) {
    int stream = frame.stream();
    if (stream > lastStream) {
      lastStream = stream;
      windows.put(stream, initialWindow);
    } else {
      require(!ended.contains(stream), frame, "after the end of the stream");
    }
    if (frame.has(Frame.END_STREAM)) {
      end(stream);
    }
  }

  private void data(Frame frame) {
    int stream = frame.stream();
    require(!ended.contains(stream), frame, "after the end of the stream");
    long left = windows.getOrDefault(stream, 0L) - frame.length();
    connectionWindow -= frame.length();
    windows.put(stream, left);
    // An empty frame is allowed with any window (RFC 9113, section 6.9.1).
    boolean fits = frame.length() == 0 || (left >= 0 && connectionWindow >= 0);
    require(fits, frame, "beyond the window");
    if (frame.has(Frame.END_STREAM)) {
      end(stream);
    }
  }

  private void end(int stream) {
    ended.add(stream);
    windows.remove(stream);
  }

  private Http2Settings acknowledged(Frame frame) {
    require(!pending.isEmpty(), frame, "as an acknowledgement of nothing");
    Http2Settings settings = pending.remove();
    settings
        .value(Http2Settings.INITIAL_WINDOW_SIZE)
        .ifPresent(
            size -> {
              long change = size - initialWindow;
              initialWindow = size;
              windows.replaceAll((stream, window) -> window + change);
            });
    return settings;
  }

  private static void require(boolean condition, Frame frame, String what) {
    if (!condition) {
      throw new AssertionError("the client sent " + frame + " " + what);
    }
  }
}
