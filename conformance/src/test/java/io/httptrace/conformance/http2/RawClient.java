package io.httptrace.conformance.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.conformance.http2.hpack.HeaderBlock;
import io.httptrace.conformance.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client that sends any frame, over a socket without TLS. */
public final class RawClient implements AutoCloseable {
  static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int LIMIT = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout(LIMIT);
  }

  static RawClient connect(ScriptedServer server) throws IOException {
    return new RawClient(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }

  /** Connects, and sends the preface with settings. */
  public static RawClient begin(ScriptedServer server, Http2Settings settings) throws IOException {
    RawClient client = connect(server);
    client.send(PREFACE);
    client.send(Frame.settings(settings));
    return client;
  }

  public static HeaderBlock get(String path) {
    return HeaderBlock.empty()
        .field(":method", "GET")
        .field(":scheme", "http")
        .field(":path", path)
        .field(":authority", "localhost");
  }

  static HeaderBlock post(String path) {
    return HeaderBlock.empty()
        .field(":method", "POST")
        .field(":scheme", "http")
        .field(":path", path)
        .field(":authority", "localhost");
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void send(Frame... frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      bytes.writeBytes(frame.bytes());
    }
    send(bytes.toByteArray());
  }

  Frame read() throws IOException {
    byte[] header = new byte[Frame.HEADER_LENGTH];
    in.readFully(header);
    byte[] payload = new byte[Frame.lengthIn(header)];
    in.readFully(payload);
    return Frame.received(header, payload);
  }

  /** Reads frames up to the first one that is wanted; all of them. */
  List<Frame> readUntil(Predicate<Frame> wanted) throws IOException {
    List<Frame> frames = new ArrayList<>();
    do {
      frames.add(read());
    } while (!wanted.test(frames.get(frames.size() - 1)));
    return frames;
  }

  Frame await(int type) throws IOException {
    List<Frame> frames = readUntil(frame -> frame.type() == type);
    return frames.get(frames.size() - 1);
  }

  byte[] readBytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads frames up to the last one of a number of frames that are wanted; all of them. */
  List<Frame> readUntil(int count, Predicate<Frame> wanted) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.addAll(readUntil(wanted));
    }
    return frames;
  }

  /** Says that nothing more will come. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** {@return how many bytes there were} */
  public long readToEnd() throws IOException {
    return in.transferTo(OutputStream.nullOutputStream());
  }

  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
