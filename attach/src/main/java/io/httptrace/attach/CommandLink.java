package io.httptrace.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the command, in lines of UTF-8. One thread may receive while others send. It is
 * a channel because a socket could be led to a proxy, or made by a factory of the application.
 */
final class CommandLink implements Closeable {
  private static final int BUFFER_BYTES = 256;

  private final SocketChannel channel;

  // Only the thread that receives.
  private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  private CommandLink(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * {@return a connection}
   *
   * @param socket the command's socket in the file system
   * @throws IOException if there is nobody
   */
  static CommandLink connect(Path socket) throws IOException {
    return new CommandLink(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /**
   * Sends lines.
   *
   * @param lines the lines, without the end of the last one
   * @throws IOException if the command is gone
   */
  synchronized void send(String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((lines + "\n").getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * {@return the next line from the command; null if it is gone}
   *
   * @throws IOException if it is gone in another way
   */
  @Nullable String receive() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      while (received.hasRemaining()) {
        byte next = received.get();
        if (next == '\n') {
          return line.toString(UTF_8);
        }
        line.write(next);
      }
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
