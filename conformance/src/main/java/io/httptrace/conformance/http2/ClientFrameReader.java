package io.httptrace.conformance.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.httptrace.conformance.http2.hpack.HpackDecoder;
import io.httptrace.conformance.server.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Reads the client's frames, and checks them. Used by the thread of the script only. */
final class ClientFrameReader {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

  private final ServerConnection connection;
  private final ProtocolMonitor monitor;
  private final HpackDecoder decoder = new HpackDecoder();

  ClientFrameReader(ServerConnection connection, ProtocolMonitor monitor) {
    this.connection = connection;
    this.monitor = monitor;
  }

  /** Reads the connection preface (RFC 9113, section 3.4). */
  void readPreface() throws IOException {
    byte[] preface = connection.readBytes(PREFACE.length);
    if (!Arrays.equals(preface, PREFACE)) {
      throw new AssertionError("the client did not begin with the preface: " + text(preface));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, US_ASCII).replace("\r\n", "|");
  }

  /** Sets the size of the table that the client may use for its header blocks. */
  void tableLimit(long bytes) {
    decoder.limit(bytes);
  }

  /** {@return the next frame} The server has not recorded the head of a request yet. */
  ReceivedFrame next() throws IOException {
    Frame frame = read();
    if (frame.type() == Frame.CONTINUATION) {
      throw new AssertionError("the client sent " + frame + " where nothing is to be continued");
    }
    byte[] block = frame.type() == Frame.HEADERS ? block(frame) : new byte[0];
    monitor.received(frame).value(Http2Settings.HEADER_TABLE_SIZE).ifPresent(decoder::limit);
    if (frame.type() != Frame.HEADERS) {
      return new ReceivedFrame(frame, null);
    }
    int flags = (frame.flags() & Frame.END_STREAM) | Frame.END_HEADERS;
    ReceivedHeaders headers =
        new ReceivedHeaders(frame.stream(), decoder.decode(block), frame.has(Frame.END_STREAM));
    RequestRules.check(headers);
    return new ReceivedFrame(Frame.of(Frame.HEADERS, flags, frame.stream(), block), headers);
  }

  /** Reads a whole block: no other frame may come between its parts (RFC 9113, section 6.10). */
  private byte[] block(Frame first) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first.content());
    Frame last = first;
    while (!last.has(Frame.END_HEADERS)) {
      last = read();
      if (last.type() != Frame.CONTINUATION || last.stream() != first.stream()) {
        throw new AssertionError("the client sent " + last + " within the block of " + first);
      }
      block.writeBytes(last.content());
    }
    return block.toByteArray();
  }

  private Frame read() throws IOException {
    byte[] header = connection.readBytes(Frame.HEADER_LENGTH);
    return Frame.received(header, connection.readBytes(Frame.lengthIn(header)));
  }
}
