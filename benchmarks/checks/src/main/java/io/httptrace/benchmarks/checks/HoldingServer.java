package io.httptrace.benchmarks.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers requests for {@code /N} when there are N of them, so that each needs a connection of its
 * own.
 */
final class HoldingServer {
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(8192);
  private final List<SocketChannel> held = new ArrayList<>();

  private HoldingServer() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20_000);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Prints its port, and runs until it is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    HoldingServer holding = new HoldingServer();
    System.out.println(holding.server.socket().getLocalPort());
    while (true) {
      holding.selector.select(holding::ready);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        for (SocketChannel c = server.accept(); c != null; c = server.accept()) {
          c.configureBlocking(false);
          c.register(selector, SelectionKey.OP_READ);
        }
      } else if (key.channel() instanceof SocketChannel client) {
        read(client);
      }
    } catch (IOException e) {
      key.cancel();
    }
  }

  private void read(SocketChannel client) throws IOException {
    buffer.clear();
    if (client.read(buffer) < 0) {
      client.close();
      return;
    }
    String request = new String(buffer.array(), 0, buffer.position(), US_ASCII);
    held.add(client);
    int wanted = Integer.parseInt(request.substring("GET /".length(), request.indexOf(" HTTP")));
    if (held.size() >= wanted) {
      for (SocketChannel waiting : held) {
        waiting.write(ByteBuffer.wrap(RESPONSE));
      }
      held.clear();
    }
  }
}
