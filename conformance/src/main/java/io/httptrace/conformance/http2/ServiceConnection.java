package io.httptrace.conformance.http2;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ServerConnection;
import io.httptrace.conformance.time.Gate;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a service. Its thread reads; it or the thread that opens a gate sends answers.
 */
final class ServiceConnection {
  private static final int LARGEST_PART = 16_384;

  private final ServerConnection connection;
  private final Http2Service service;
  private final ProtocolMonitor monitor = new ProtocolMonitor();
  private final ClientFrameReader reader;
  private final long limit;

  /** Guarded by this. */
  private final Map<Integer, ServiceStream> streams = new LinkedHashMap<>();

  private long window = ProtocolMonitor.DEFAULT_WINDOW;
  private long initialWindow = ProtocolMonitor.DEFAULT_WINDOW;
  private int opened;
  private int lastAnswered = Integer.MAX_VALUE;

  ServiceConnection(ServerConnection connection, Http2Service service) {
    this.connection = connection;
    this.service = service;
    reader = new ClientFrameReader(connection, monitor);
    limit = service.settings().value(Http2Settings.MAX_CONCURRENT_STREAMS).orElse(Long.MAX_VALUE);
  }

  synchronized int streams() {
    return opened;
  }

  /**
   * Answers until the client closes the connection.
   *
   * @param first the request that asked for HTTP/2, or null if there was none
   */
  void run(@Nullable Upgrade first) throws IOException {
    send(List.of(Frame.settings(service.settings())));
    if (first != null) {
      monitor.upgraded();
      apply(first.settings());
      open(first.headers(), () -> {});
    }
    reader.readPreface();
    try {
      while (true) {
        handle(reader.next());
      }
    } catch (EOFException closed) {
      Objects.requireNonNull(closed);
    }
  }

  private void handle(ReceivedFrame in) throws IOException {
    Frame frame = in.frame();
    if (in.headers() != null) {
      headers(in.headers());
      return;
    }
    switch (frame.type()) {
      case Frame.DATA -> data(frame);
      case Frame.RST_STREAM -> {
        service.countReset();
        close(frame.stream());
      }
      case Frame.WINDOW_UPDATE -> widen(frame.stream(), frame.intAt(0));
      case Frame.SETTINGS -> {
        if (!frame.has(Frame.ACK)) {
          apply(Http2Settings.parse(frame.payload()));
          send(List.of(Frame.settingsAck()));
          flush();
        }
      }
      case Frame.PING -> {
        if (!frame.has(Frame.ACK)) {
          send(List.of(Frame.of(Frame.PING, Frame.ACK, 0, frame.payload())));
        }
      }
      default -> {}
    }
  }

  private void headers(ReceivedHeaders headers) throws IOException {
    if (headers.isRequest()) {
      open(headers, () -> connection.received(headers.head()));
    } else {
      ended(headers.stream());
    }
  }

  /**
   * Begins a stream.
   *
   * @param note records the request at the server: after it has been counted, so that a test that
   *     waits for it sees the right counts, and before it is answered
   */
  private void open(ReceivedHeaders headers, Runnable note) throws IOException {
    int id = headers.stream();
    synchronized (this) {
      if (id > lastAnswered) {
        note.run();
        return;
      }
      opened++;
      service.countStream(streams.size() + 1);
      note.run();
      if (streams.size() >= limit) {
        service.countRefused();
        send(List.of(Frame.reset(id, ErrorCodes.REFUSED_STREAM)));
        return;
      }
      Http2Request request = new Http2Request(connection.number(), headers);
      streams.put(id, new ServiceStream(id, request, initialWindow));
      if (opened == service.goAwayAfter()) {
        lastAnswered = id;
        send(List.of(Frame.goAway(id, ErrorCodes.NO_ERROR)));
      }
    }
    if (headers.endStream()) {
      ended(id);
    } else if (headers.value("expect").equals("100-continue")) {
      send(List.of(Frame.headers(id, HeaderBlock.status(100))));
    }
  }

  private void data(Frame frame) throws IOException {
    ServiceStream stream = stream(frame.stream());
    if (stream != null) {
      stream.request().add(frame.content());
    }
    if (frame.length() > 0) {
      List<Frame> grants = new ArrayList<>();
      grants.add(Frame.windowUpdate(0, frame.length()));
      if (stream != null && !frame.has(Frame.END_STREAM)) {
        grants.add(Frame.windowUpdate(frame.stream(), frame.length()));
      }
      send(grants);
    }
    if (frame.has(Frame.END_STREAM)) {
      ended(frame.stream());
    }
  }

  private synchronized @Nullable ServiceStream stream(int id) {
    return streams.get(id);
  }

  private void ended(int id) throws IOException {
    ServiceStream stream = stream(id);
    if (stream == null) {
      return;
    }
    Http2Answer answer = service.answer(stream.request());
    Gate gate = answer.gate();
    if (gate == null || gate.isOpen()) {
      answer(stream, answer);
    } else {
      gate.whenOpen(() -> answerLater(stream, answer));
    }
  }

  private void answerLater(ServiceStream stream, Http2Answer answer) {
    try {
      answer(stream, answer);
    } catch (IOException clientHasGone) {
      Objects.requireNonNull(clientHasGone);
    }
  }

  private synchronized void answer(ServiceStream stream, Http2Answer answer) throws IOException {
    if (streams.get(stream.id()) != stream) {
      return;
    }
    send(stream.begin(answer));
    if (stream.isDone()) {
      List<Frame> end = endAfterHead(stream, answer);
      send(end);
      close(stream.id());
    }
    flush();
  }

  /** Without a body trailers are a frame of their own; a reset has been sent with the head. */
  private static List<Frame> endAfterHead(ServiceStream stream, Http2Answer answer) {
    Frame end = answer.isReset() ? null : answer.end(stream.id());
    return end == null ? List.of() : List.of(end);
  }

  private synchronized void widen(int id, int bytes) throws IOException {
    if (id == 0) {
      window += bytes;
    } else {
      ServiceStream stream = streams.get(id);
      if (stream != null) {
        stream.widen(bytes);
      }
    }
    flush();
  }

  private synchronized void apply(Http2Settings settings) {
    settings
        .value(Http2Settings.INITIAL_WINDOW_SIZE)
        .ifPresent(
            size -> {
              long change = size - initialWindow;
              initialWindow = size;
              streams.values().forEach(stream -> stream.widen(change));
            });
  }

  /** Sends what the windows allow, one part of each stream in turn. */
  private synchronized void flush() throws IOException {
    boolean more = true;
    while (more) {
      more = false;
      for (ServiceStream stream : List.copyOf(streams.values())) {
        if (window > 0 && stream.canSend()) {
          more = true;
          List<Frame> frames = stream.next(Math.min(window, LARGEST_PART));
          window -= frames.get(0).length();
          send(frames);
          if (stream.isDone()) {
            close(stream.id());
          }
        }
      }
    }
  }

  private synchronized void close(int id) throws IOException {
    streams.remove(id);
    if (lastAnswered != Integer.MAX_VALUE && streams.isEmpty()) {
      connection.close();
    }
  }

  private synchronized void send(List<Frame> frames) throws IOException {
    if (frames.isEmpty()) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      monitor.sent(frame);
      bytes.writeBytes(frame.bytes());
    }
    connection.send(bytes.toByteArray());
  }
}
