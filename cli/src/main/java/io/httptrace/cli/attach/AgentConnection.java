package io.httptrace.cli.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The connection to the agent, in lines of UTF-8. One thread may receive while others send. */
final class AgentConnection implements Closeable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final SocketChannel channel;

  // Only the thread that receives.
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  private AgentConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * {@return the connection from the agent} Others, which do not know the token, are closed.
   *
   * @param server where it connects to
   * @param token what it says first
   * @throws IOException if none can be accepted
   */
  static AgentConnection accept(ServerSocketChannel server, String token) throws IOException {
    while (true) {
      AgentConnection connection = new AgentConnection(server.accept());
      String first = connection.receive();
      if (first != null && MessageDigest.isEqual(first.getBytes(UTF_8), token.getBytes(UTF_8))) {
        return connection;
      }
      connection.close();
    }
  }

  /**
   * Sends a line.
   *
   * @param line the line, without its end
   * @throws IOException if the agent is gone
   */
  synchronized void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * {@return the next line; null if the agent is gone}
   *
   * @throws IOException if it is gone in another way
   */
  @Nullable String receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int start = received.position();
      while (received.hasRemaining()) {
        if (received.get() == '\n') {
          line.write(received.array(), start, received.position() - 1 - start);
          return line.toString(UTF_8);
        }
      }
      line.write(received.array(), start, received.position() - start);
      received.clear();
      int count = channel.read(received);
      received.flip();
      if (count < 0) {
        return null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
