package io.httptrace.client.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.httptrace.conformance.server.ReceivedRequestHead;
import io.httptrace.conformance.server.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's side of WebSockets (RFC 6455), byte by byte. */
public final class WebSocketPeer {
  static final int TEXT = 1;
  static final int BINARY = 2;
  public static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private WebSocketPeer() {}

  /**
   * What a client has sent.
   *
   * @param bytes the content without its mask, a character each
   */
  public record Frame(int opcode, boolean fin, boolean masked, String bytes) {
    public byte[] payload() {
      return bytes.getBytes(ISO_8859_1);
    }

    /** Opcode, whether it ends the message, and what it says; of a Close its code first. */
    @Override
    public String toString() {
      byte[] payload = payload();
      String content =
          opcode == CLOSE && payload.length >= 2
              ? (((payload[0] & 0xff) << 8) | (payload[1] & 0xff))
                  + new String(payload, 2, payload.length - 2, UTF_8)
              : new String(payload, UTF_8);
      return opcode + (fin ? "." : "+") + content;
    }
  }

  static String accept(ReceivedRequestHead head) {
    String key = head.values("Sec-WebSocket-Key").get(0);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to a handshake, with more fields. */
  static String switching(ReceivedRequestHead head, String... fields) {
    StringBuilder answer =
        new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
    answer.append("Connection: Upgrade\r\n");
    answer.append("Sec-WebSocket-Accept: ").append(accept(head)).append("\r\n");
    for (String field : fields) {
      answer.append(field).append("\r\n");
    }
    return answer.append("\r\n").toString();
  }

  public static void shakeHands(ServerConnection connection) throws IOException {
    connection.send(switching(connection.readRequest()));
  }

  public static byte[] frame(int opcode, boolean fin, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write((fin ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      out.write(payload.length);
    } else if (payload.length < 1 << 16) {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  static byte[] frame(int opcode, String payload) {
    return frame(opcode, true, payload.getBytes(UTF_8));
  }

  static byte[] close(int code, String reason) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(code >> 8);
    out.write(code);
    out.writeBytes(reason.getBytes(UTF_8));
    return frame(CLOSE, true, out.toByteArray());
  }

  public static Frame readFrame(ServerConnection connection) throws IOException {
    byte[] head = connection.readBytes(2);
    boolean masked = (head[1] & 0x80) != 0;
    long length = head[1] & 0x7f;
    if (length >= 126) {
      long extended = 0;
      for (byte b : connection.readBytes(length == 126 ? 2 : 8)) {
        extended = (extended << 8) | (b & 0xff);
      }
      length = extended;
    }
    byte[] mask = masked ? connection.readBytes(4) : new byte[4];
    byte[] payload = connection.readBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new Frame(
        head[0] & 0x0f, (head[0] & 0x80) != 0, masked, new String(payload, ISO_8859_1));
  }
}
