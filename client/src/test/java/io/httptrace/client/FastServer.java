package io.httptrace.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each request without a body at once, all on one thread: as little work as a server can
 * do, so that many requests can be made of a client in a short time.
 */
final class FastServer implements AutoCloseable {
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100)).getBytes(US_ASCII);

  private static final int HEAD_END = 0x0d0a0d0a;

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final ByteBuffer input = ByteBuffer.allocateDirect(8192);
  private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length).put(ANSWER);
  private final AtomicInteger accepted = new AtomicInteger();
  private final Thread thread = new Thread(this::serve, "fast server");

  FastServer() throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve);
      }
    } catch (IOException | java.nio.channels.ClosedSelectorException end) {
      accepted.get();
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    } catch (IOException | CancelledKeyException ended) {
      key.cancel(); // The client has reset the connection, or close() has closed it meanwhile.
    }
  }

  private void accept() throws IOException {
    SocketChannel connection = listener.accept();
    connection.configureBlocking(false);
    connection.socket().setTcpNoDelay(true);
    connection.register(selector, SelectionKey.OP_READ, new int[1]);
    accepted.incrementAndGet();
  }

  /** The last four bytes of a connection are kept with its key, to find the ends of heads. */
  private void read(SelectionKey key) throws IOException {
    SocketChannel connection = (SocketChannel) key.channel();
    int[] last = (int[]) key.attachment();
    if (connection.read(input.clear()) < 0) {
      connection.close();
      return;
    }
    input.flip();
    while (input.hasRemaining()) {
      last[0] = (last[0] << 8) | (input.get() & 0xff);
      if (last[0] == HEAD_END) {
        answer(connection);
      }
    }
  }

  private void answer(SocketChannel connection) throws IOException {
    answer.clear();
    while (answer.hasRemaining()) {
      connection.write(answer);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
