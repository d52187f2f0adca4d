package io.httptrace.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The other end of the agent's connection: what reaches the command. */
final class CommandEnd implements AutoCloseable {
  private final ServerSocketChannel server;
  private final CommandLink link;
  private final SocketChannel command;

  /** Connects an agent to it, by a socket in a directory. */
  CommandEnd(Path directory) throws IOException {
    Path socket = directory.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    link = CommandLink.connect(socket);
    command = server.accept();
  }

  /** The agent's end. */
  CommandLink link() {
    return link;
  }

  /** All that the command gets of a queue that is closed. */
  List<String> written(TimelineQueue queue, TimelineText text) throws Exception {
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> queue.writeTo(link, text))
            .whenComplete((nothing, error) -> closeLink());
    String all = new String(Channels.newInputStream(command).readAllBytes(), UTF_8);
    writing.get(1, TimeUnit.MINUTES);
    return all.lines().toList();
  }

  private void closeLink() {
    try {
      link.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The command is gone. */
  void leave() throws IOException {
    command.close();
  }

  @Override
  public void close() throws IOException {
    link.close();
    command.close();
    server.close();
  }
}
