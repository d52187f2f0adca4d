package io.httptrace.benchmarks.peers.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a request, and how long its response is, which is always the same. */
final class FixedExchange {
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String LENGTH = "\r\nContent-Length: ";

  private final byte[] request;
  private final ByteBuffer direct;
  private final int bodyLength;
  private final int length;

  /**
   * Makes one.
   *
   * @param body the body of a POST, or null for a GET
   * @param probe a connection on which it is tried out
   */
  FixedExchange(PeerConfig config, String path, byte @Nullable [] body, Socket probe)
      throws IOException {
    String head =
        (body == null ? "GET " : "POST ")
            + path
            + " HTTP/1.1\r\nHost: "
            + config.authority()
            + (body == null ? "" : LENGTH + body.length)
            + END_OF_HEAD;
    byte[] content = body == null ? new byte[0] : body;
    request = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + content.length);
    System.arraycopy(content, 0, request, head.length(), content.length);
    direct = ByteBuffer.allocateDirect(request.length).put(request).flip();
    OutputStream out = probe.getOutputStream();
    out.write(request);
    String answer = head(probe.getInputStream());
    int at = answer.indexOf(LENGTH) + LENGTH.length();
    bodyLength = Integer.parseInt(answer.substring(at, answer.indexOf('\r', at)));
    length = answer.length() + bodyLength;
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.append((char) next);
    }
    if (!head.toString().startsWith("HTTP/1.1 200 ")) {
      throw new IOException(head.toString());
    }
    return head.toString();
  }

  /** {@return the request} */
  byte[] request() {
    return request;
  }

  /** {@return the request, to be read once} */
  ByteBuffer direct() {
    return direct.duplicate();
  }

  /** {@return how long the response is} */
  int length() {
    return length;
  }

  /** {@return how long its body is} */
  int bodyLength() {
    return bodyLength;
  }
}
