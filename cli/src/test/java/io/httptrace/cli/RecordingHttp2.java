package io.httptrace.cli;

import io.httptrace.conformance.server.ServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A connection of HTTP/2 (RFC 9113) on which requests are recorded and answered with 200. */
final class RecordingHttp2 {
  private static final int PREFACE = 24;
  private static final int FRAME_HEAD = 9;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int CONTINUATION = 9;

  private static final int ACK = 0x1;
  private static final int END_STREAM = 0x1;
  private static final int END_HEADERS = 0x4;
  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;

  /** {@code :status: 200}, from the static table (RFC 7541, appendix A). */
  private static final byte[] STATUS_200 = {(byte) 0x88};

  private final ServerConnection connection;
  private final Consumer<ArrivedRequest> arrived;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  RecordingHttp2(ServerConnection connection, Consumer<ArrivedRequest> arrived) {
    this.connection = connection;
    this.arrived = arrived;
  }

  /** A frame, without padding and priority. */
  private record Frame(int type, int flags, int stream, ByteBuffer octets) {
    byte[] payload() {
      byte[] payload = new byte[octets.remaining()];
      octets.duplicate().get(payload);
      return payload;
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  /** Serves it until the client closes it. */
  void serve() throws IOException {
    connection.readBytes(PREFACE);
    send(SETTINGS, 0, 0, new byte[0]);
    boolean endsWithHead = false;
    while (true) {
      Frame frame;
      try {
        frame = read();
      } catch (EOFException closed) {
        return;
      }
      switch (frame.type) {
        case SETTINGS, PING -> {
          if (!frame.has(ACK)) {
            send(frame.type, ACK, 0, frame.type == PING ? frame.payload() : new byte[0]);
          }
        }
        case HEADERS, CONTINUATION -> {
          endsWithHead |= frame.type == HEADERS && frame.has(END_STREAM);
          block.writeBytes(frame.payload());
          if (frame.has(END_HEADERS) && endsWithHead) {
            answer(frame.stream);
          }
        }
        case DATA -> {
          body.writeBytes(frame.payload());
          if (frame.has(END_STREAM)) {
            answer(frame.stream);
          }
        }
        default -> {
          // Windows are wide enough, and what else there is says nothing of the request.
        }
      }
    }
  }

  private void answer(int stream) throws IOException {
    List<String> fields = new ArrayList<>();
    Map<String, String> pseudo = new TreeMap<>();
    ByteBuf octets = Unpooled.wrappedBuffer(block.toByteArray());
    try {
      Http2Headers head = decoder.decodeHeaders(stream, octets);
      for (Map.Entry<CharSequence, CharSequence> field : head) {
        String name = field.getKey().toString();
        if (name.startsWith(":")) {
          pseudo.put(name, field.getValue().toString());
        } else {
          fields.add(name + ": " + field.getValue());
        }
      }
    } catch (Http2Exception e) {
      throw new IOException(e);
    } finally {
      octets.release();
    }
    fields.add("host: " + pseudo.get(":authority"));
    String line =
        pseudo.get(":method") + " " + pseudo.get(":path") + " HTTP/2 " + pseudo.get(":scheme");
    arrived.accept(new ArrivedRequest(line, fields, body.toString(StandardCharsets.ISO_8859_1)));
    send(HEADERS, END_HEADERS | END_STREAM, stream, STATUS_200);
  }

  private Frame read() throws IOException {
    ByteBuffer head = ByteBuffer.wrap(connection.readBytes(FRAME_HEAD));
    int lengthAndType = head.getInt();
    int flags = head.get();
    int stream = head.getInt() & Integer.MAX_VALUE;
    int type = lengthAndType & 0xff;
    byte[] payload = connection.readBytes(lengthAndType >>> 8);
    int start = 0;
    int end = payload.length;
    if ((type == DATA || type == HEADERS) && (flags & PADDED) != 0) {
      end -= payload[0] & 0xff;
      start++;
    }
    if (type == HEADERS && (flags & PRIORITY) != 0) {
      start += 5;
    }
    return new Frame(type, flags, stream, ByteBuffer.wrap(payload, start, end - start));
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    connection.send(frame.array());
  }
}
