package io.httptrace.benchmarks.peers.plain;

import io.httptrace.benchmarks.peer.PeerConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket that blocks. */
final class RawConnection {
  private static final int STATUS = "HTTP/1.1 ".length();

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);

  RawConnection(PeerConfig config) throws IOException {
    channel = SocketChannel.open(config.address());
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Writes the request, and reads as many bytes as its response has. */
  void exchange(FixedExchange exchange) throws IOException {
    ByteBuffer out = exchange.direct();
    while (out.hasRemaining()) {
      channel.write(out);
    }
    in.clear();
    int left = exchange.length();
    while (left > 0) {
      if (!in.hasRemaining()) {
        in.clear();
      }
      int read = channel.read(in);
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
    }
    if (exchange.length() < in.capacity() && in.get(STATUS) != '2') {
      throw new IOException("not 200");
    }
  }

  /** {@return the body of the last response, which must be small} */
  byte[] body(FixedExchange exchange) {
    byte[] body = new byte[exchange.bodyLength()];
    in.get(in.position() - body.length, body);
    return body;
  }
}
