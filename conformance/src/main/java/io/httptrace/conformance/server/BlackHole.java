package io.httptrace.conformance.server;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address where connecting hangs: a listening socket that accepts nothing and whose backlog is
 * full. Linux then silently drops further attempts, and the client's system tries again after a
 * second or more.
 */
final class BlackHole implements Closeable {
  private static final int BACKLOG = 1;
  private static final int ENOUGH = 20;
  private static final long CONNECTS_WITHIN_MILLIS = 150;

  private final ServerSocket listener = new ServerSocket();
  private final List<SocketChannel> fillers = new ArrayList<>();

  BlackHole(InetSocketAddress address) throws IOException {
    try {
      listener.bind(address, BACKLOG);
      fill();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void fill() throws IOException {
    for (int i = 0; i < ENOUGH; i++) {
      SocketChannel filler = SocketChannel.open();
      fillers.add(filler);
      filler.configureBlocking(false);
      if (!filler.connect(listener.getLocalSocketAddress()) && hangs(filler)) {
        return;
      }
    }
    throw new IOException("the system takes connections beyond the backlog");
  }

  private static boolean hangs(SocketChannel filler) throws IOException {
    try (Selector selector = Selector.open()) {
      filler.register(selector, SelectionKey.OP_CONNECT);
      return selector.select(CONNECTS_WITHIN_MILLIS) == 0;
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel filler : fillers) {
      filler.close();
    }
    listener.close();
  }
}
