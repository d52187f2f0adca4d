package io.httptrace.client.http2;

import io.httptrace.client.http.ExchangeCodec;
import io.httptrace.client.http.RequestHead;
import io.httptrace.client.http.RequestHead.Field;
import io.httptrace.client.http.ResponseHead;
import io.httptrace.client.netty.TestClock;
import io.httptrace.client.route.HttpVersions;
import io.httptrace.client.route.PoolKey;
import io.httptrace.conformance.http2.Frame;
import io.httptrace.conformance.http2.Http2Settings;
import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection without a network: what the server sends and what it gets, on one thread. */
final class Wire implements AutoCloseable {
  static final long INTERVAL_MILLIS = 60_000;
  static final long TIMEOUT_MILLIS = 15_000;
  private static final int PREFACE = 24;

  final TestClock clock = new TestClock();
  final EmbeddedChannel channel = new EmbeddedChannel();
  final Http2Connection connection;
  private final List<Frame> read = new ArrayList<>();
  private boolean prefaceSeen;

  private Wire(int maxHeadBytes) {
    connection =
        Http2Connection.on(
            new PoolKey("http", "a.test", 80, null, HttpVersions.HTTP_2_PRIOR_KNOWLEDGE),
            1,
            channel,
            null,
            new Http2Config(
                clock,
                maxHeadBytes,
                TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS),
                TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS)));
    sentFrames();
  }

  /** Has a connection whose server has greeted, and acknowledged the greeting. */
  static Wire greeted() {
    return greeted(1 << 20);
  }

  static Wire greeted(int maxHeadBytes) {
    Wire wire = new Wire(maxHeadBytes);
    wire.receive(Frame.settings(Http2Settings.none()), Frame.settingsAck());
    wire.sentFrames();
    return wire;
  }

  /** The client reads frames, all in one read. */
  void receive(Frame... frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      bytes.writeBytes(frame.bytes());
    }
    receive(bytes.toByteArray());
  }

  void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  /** The client reads a frame so often, many in one read, and stops when it closes. */
  void receive(int times, Frame frame) {
    byte[] once = frame.bytes();
    int perRead = Math.max(1, 32_768 / once.length);
    for (int left = times; left > 0 && channel.isOpen(); left -= perRead) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < Math.min(left, perRead); i++) {
        bytes.writeBytes(once);
      }
      receive(bytes.toByteArray());
      read.addAll(sentFrames());
    }
  }

  /** {@return the frames that the client has sent since this was asked last} */
  List<Frame> sentFrames() {
    List<Frame> frames = new ArrayList<>(read);
    read.clear();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      byte[] bytes = new byte[next.readableBytes()];
      next.readBytes(bytes);
      next.release();
      sent.writeBytes(bytes);
    }
    ByteBuffer rest = ByteBuffer.wrap(sent.toByteArray());
    rest.position(prefaceSeen ? 0 : PREFACE);
    prefaceSeen = true;
    while (rest.hasRemaining()) {
      int length = (rest.getShort() & 0xFFFF) << 8 | (rest.get() & 0xFF);
      int type = rest.get();
      int flags = rest.get() & 0xFF;
      int stream = rest.getInt();
      byte[] payload = new byte[length];
      rest.get(payload);
      frames.add(Frame.of(type, flags, stream, payload));
    }
    return frames;
  }

  /** {@return what the client has sent since this was asked last, in words} */
  List<String> sent() {
    return sentFrames().stream().map(Wire::words).toList();
  }

  private static String words(Frame frame) {
    return switch (frame.type()) {
      case Frame.HEADERS -> "HEADERS " + frame.stream();
      case Frame.DATA -> "DATA " + frame.stream();
      case Frame.RST_STREAM -> "RST_STREAM " + frame.stream() + " " + frame.intAt(0);
      case Frame.PING -> frame.has(Frame.ACK) ? "PING ack" : "PING";
      case Frame.SETTINGS -> frame.has(Frame.ACK) ? "SETTINGS ack" : "SETTINGS";
      case Frame.GOAWAY -> "GOAWAY " + frame.intAt(4);
      case Frame.WINDOW_UPDATE -> "WINDOW_UPDATE " + frame.stream();
      default -> frame.toString();
    };
  }

  /** Sends a request. */
  Talk get(Field... more) {
    Talk talk = new Talk();
    talk.codec.begin(
        new RequestHead(
                "GET",
                "/",
                List.of(
                    new Field(":method", List.of("GET")),
                    new Field(":scheme", List.of("http")),
                    new Field(":authority", List.of("a.test")),
                    new Field(":path", List.of("/"))),
                0,
                false,
                true)
            .with(List.of(more)),
        talk);
    return talk;
  }

  /** The server answers a request in full. */
  void answer(int stream) {
    receive(
        Frame.headers(stream, HeaderBlock.status(200)), Frame.data(stream, "hello").endStream());
  }

  @Override
  public void close() {
    connection.close();
    channel.finishAndReleaseAll();
  }

  /** A request, and what it is told. */
  final class Talk implements ExchangeCodec.Listener {
    final ExchangeCodec codec = connection.codec();
    final List<String> told = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<HttpHeaders> heads = new ArrayList<>();

    /** Its time limit strikes. */
    void outOfTime() {
      codec.outOfTime();
      codec.abort(this);
    }

    /** {@return why it failed; null if it has not} */
    Throwable error() {
      return errors.get(0);
    }

    @Override
    public void headWritten() {}

    @Override
    public void contentWritten() {}

    @Override
    public void requestWritten() {}

    @Override
    public void writeFailed(Throwable error) {
      told.add("write failed");
    }

    @Override
    public void firstByte() {}

    @Override
    public void informational(ResponseHead head) {
      told.add(String.valueOf(head.status()));
    }

    @Override
    public void head(ResponseHead head) {
      told.add(String.valueOf(head.status()));
      heads.add(head.headers());
    }

    @Override
    public void content(ByteBuffer content) {
      told.add(StandardCharsets.UTF_8.decode(content).toString());
      codec.read();
    }

    @Override
    public void end(HttpHeaders trailers) {
      told.add("end");
    }

    @Override
    public void readComplete() {}

    @Override
    public void failed(Throwable error) {
      told.add("failed");
      errors.add(error);
    }
  }
}
