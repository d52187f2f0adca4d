package io.httptrace.conformance.http2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream of a service: its request, and the rest of its answer. Guarded by the connection. */
final class ServiceStream {
  private final int id;
  private final Http2Request request;
  private @Nullable Http2Answer answer;
  private long sent;
  private long window;

  ServiceStream(int id, Http2Request request, long window) {
    this.id = id;
    this.request = request;
    this.window = window;
  }

  int id() {
    return id;
  }

  Http2Request request() {
    return request;
  }

  void widen(long bytes) {
    window += bytes;
  }

  /** {@return the frames before the body} */
  List<Frame> begin(Http2Answer chosen) {
    answer = chosen;
    return chosen.head(id);
  }

  /** {@return whether there is more of the body to send, and a window for it} */
  boolean canSend() {
    return answer != null && window > 0 && left() > 0;
  }

  private long left() {
    return answer == null ? 0 : answer.content().length() - sent;
  }

  /** {@return the next frames, which use at most so much of the connection's window} */
  List<Frame> next(long most) {
    if (answer == null) {
      return List.of();
    }
    int count = (int) Math.min(Math.min(left(), window), most);
    List<Frame> frames = new ArrayList<>();
    Frame data = Frame.data(id, answer.content().part(sent, count));
    sent += count;
    window -= count;
    if (left() > 0) {
      frames.add(data);
      return frames;
    }
    Frame end = answer.end(id);
    frames.add(end == null ? data.endStream() : data);
    if (end != null) {
      frames.add(end);
    }
    return frames;
  }

  /** {@return whether the whole answer has been sent} */
  boolean isDone() {
    return answer != null && left() == 0;
  }
}
